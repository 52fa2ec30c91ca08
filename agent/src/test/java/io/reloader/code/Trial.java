// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.code.ChangeSet.Allowed;
import io.reloader.code.ChangeSet.Stated;
import io.reloader.control.Findings;
import io.reloader.control.TakeUp;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;

/**
 * Takes a running program from version to version and compares its answers with those of the same version started anew.
 * A thread from before each reload is asked while two versions are there, too.
 */
final class Trial {
    private final Application app;
    private final Path home;
    private final ChangeSet set;
    private final Shop shop;
    private final List<String> faults = new ArrayList<>();

    /** Whether threads run two versions while a reload is under way. */
    private final boolean two;

    private int applied;

    Trial(Application app, Path home, ChangeSet set, boolean two) {
        this.app = app;
        this.home = home.resolve(set.place());
        this.set = set;
        this.shop = new Shop(this.home);
        this.two = two;
    }

    /**
     * What is not as it should be, in lines. Its classes lose their files at the end: no later reload takes up what was
     * refused.
     *
     * @param versions the class files of each
     */
    List<String> run(List<Map<String, byte[]>> versions) throws Exception {
        shop.write(versions.get(0));
        URLClassLoader loader = app.loader(home);
        for (String name : versions.get(0).keySet()) {
            Class.forName(name.replace('/', '.'), false, loader);
        }
        same("version 1", answers(versions.get(0)), answers(loader));
        for (int version = 2; version <= ChangeSet.VERSIONS; version++) {
            deploy(versions.get(version - 2).keySet(), versions.get(version - 1));
            step(version, loader, versions.get(version - 1));
        }
        for (String name : versions.get(ChangeSet.VERSIONS - 1).keySet()) {
            Files.delete(home.resolve(name + ".class"));
        }
        return set.wrong() ? mended() : faults;
    }

    private List<String> mended() {
        return faults.stream().anyMatch(each -> each.contains(" in place of "))
                ? List.of()
                : List.of("answers as a new start does: state its verdicts");
    }

    /** How many of the reloads were. */
    int applied() {
        return applied;
    }

    private void deploy(Set<String> before, Map<String, byte[]> next) throws IOException {
        for (String name : before) {
            if (!next.containsKey(name)) {
                Files.deleteIfExists(home.resolve(name + ".class"));
            }
        }
        shop.write(next);
    }

    private void step(int version, URLClassLoader loader, Map<String, byte[]> classes) throws Exception {
        String at = "version " + version;
        Map<String, String> before = answers(loader);
        app.changed.clear();
        TakeUp ended = app.code.takeUp();
        boolean applied = ended instanceof TakeUp.Applied;
        Map<String, String> expected = applied ? expected(version, false, answers(classes)) : before;
        this.applied += applied ? 1 : 0;
        try {
            stated(version, ended);
            reasoned(version, ended);
            if (two && applied) {
                same(at + ", an old thread beside new ones", expected(version, true, before), answers(loader));
                same(at + ", a new thread beside old ones", expected, fromNewThread(loader));
            }
        } finally {
            app.code.settle();
        }
        same(at + (applied ? "" : ", refused"), expected, answers(loader));
    }

    private void stated(int version, TakeUp ended) {
        Set<Stated> stated = set.stated(version);
        Stated found = found(ended);
        if (!stated.contains(found) && !(found == Stated.RESTART && stated.contains(Stated.LATER))) {
            faults.add(
                    "version " + version + ": stated " + stated + ", is " + found + ": " + ended + " " + app.changed);
        }
    }

    /** What javac compiled at once is never broken. */
    private void reasoned(int version, TakeUp ended) {
        if (ended instanceof TakeUp.Refused because) {
            because.faults().stream()
                    .filter(each -> !each.endsWith("; restart the process"))
                    .forEach(each -> faults.add("version " + version + ": refused without such a reason: " + each));
        } else if (!(ended instanceof TakeUp.Applied)) {
            faults.add("version " + version + ": " + ended);
        }
    }

    private Stated found(TakeUp ended) {
        if (!(ended instanceof TakeUp.Applied)) {
            return Stated.RESTART;
        }
        if (app.changed.stream().anyMatch(each -> each.verdict().name().equals("LOWERED"))) {
            return Stated.LOWERED;
        }
        return app.changed.stream().allMatch(each -> each.verdict() == Findings.Verdict.SAME)
                ? Stated.SAME
                : Stated.BODY;
    }

    /** A difference that is allowed is one that there is. */
    private Map<String, String> expected(int version, boolean old, Map<String, String> usual) {
        Map<String, String> expected = new LinkedHashMap<>(usual);
        for (Allowed each : set.allowed()) {
            if (each.in(version)
                    && each.old() == old
                    && each.answer().equals(expected.put(each.question(), each.answer()))) {
                faults.add("version " + version + " has no other answer to " + each.question()
                        + " than the one that is listed as a difference");
            }
        }
        return expected;
    }

    private void same(String at, Map<String, String> expected, Map<String, String> found) {
        if (!expected.equals(found)) {
            Map<String, String> all = new TreeMap<>(expected);
            all.putAll(found);
            all.keySet().stream()
                    .filter(each -> !String.valueOf(expected.get(each)).equals(found.get(each)))
                    .forEach(each -> faults.add(
                            at + ": " + each + " is " + found.get(each) + " in place of " + expected.get(each)));
        }
    }

    private Map<String, String> fromNewThread(ClassLoader loader) throws Exception {
        FutureTask<Map<String, String>> task = new FutureTask<>(() -> answers(loader));
        Thread thread = new Thread(task, "new");
        thread.setDaemon(true);
        thread.start();
        return task.get();
    }

    /** Of this version, started anew. */
    private Map<String, String> answers(Map<String, byte[]> classes) throws Exception {
        return answers(new Defining(classes));
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> answers(ClassLoader loader) throws Exception {
        Class<?> main = Class.forName(set.place() + ".Main", true, loader);
        return (Map<String, String>) main.getMethod("answers").invoke(null);
    }
}
