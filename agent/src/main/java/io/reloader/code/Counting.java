// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Accessors;
import io.reloader.lower.Counted;
import io.reloader.lower.Matching;
import io.reloader.lower.Renaming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives counted classes the names that they are loaded with, before anything of a sweep is judged: from there on a class
 * file is read as one of these names. Lives for one review; runs on the take-up thread.
 */
final class Counting {
    private final Sweep sweep;
    private final Capture capture;

    Counting(Sweep sweep, Capture capture) {
        this.sweep = sweep;
        this.capture = capture;
    }

    /** The loaded classes whose live code is wanted and not known. */
    Class<?>[] unknown() {
        List<Class<?>> types = new ArrayList<>();
        for (CountedFiles each : sweep.counted) {
            Map<String, String> linked = linked(each);
            for (Candidate of : isSettled(each, linked) ? List.<Candidate>of() : each.loaded.values()) {
                Class<?> type = of.type();
                if (type != null && Review.version(of) == null && !linked.containsValue(of.name())) {
                    types.add(type);
                }
            }
        }
        return types.toArray(Class<?>[]::new);
    }

    void name() {
        sweep.counted.forEach(this::name);
    }

    private void name(CountedFiles of) {
        Map<String, String> files = new TreeMap<>();
        of.loaded.forEach((name, each) -> {
            if (Counted.is(name)) {
                files.put(name, each.file());
            }
        });
        Matching.Loaded loaded = new Matching.Loaded(files, code(of), linked(of), name -> isTaken(of, name));
        Map<String, String> names = Matching.of(loaded, of.bytes());
        Map<String, String> others = new TreeMap<>(names);
        others.entrySet().removeIf(each -> each.getKey().equals(each.getValue()));
        boolean before =
                files.entrySet().stream().anyMatch(each -> !each.getKey().equals(each.getValue()));
        if (!others.isEmpty() || before) {
            rewrite(of, names, others);
        }
        Matching.left(loaded, names).forEach(name -> leave(of, loaded, name));
    }

    /** Class files that hold what they held when their classes were taken up, by name. */
    private static Map<String, String> linked(CountedFiles of) {
        Map<String, String> linked = new HashMap<>();
        of.loaded.forEach((name, each) -> {
            CountedFiles.Read file = of.files.get(each.file());
            Live live = each.live();
            if (Counted.is(name) && file != null && live != null && live.crc() == Checksum.of(file.bytes())) {
                linked.put(each.file(), name);
            }
        });
        return Matching.closed(linked, of.bytes());
    }

    /** Whether every loaded class that has a file is known to be what that holds. */
    private static boolean isSettled(CountedFiles of, Map<String, String> linked) {
        return of.loaded.values().stream()
                .filter(each -> Counted.is(each.name()) && !each.file().isEmpty())
                .allMatch(each -> linked.containsValue(each.name()));
    }

    private Map<String, byte[]> code(CountedFiles of) {
        Map<String, byte[]> code = new HashMap<>();
        of.loaded.forEach((name, each) -> {
            Version version = Review.version(each);
            byte[] bytes = version != null ? version.bytes() : each.type() == null ? null : capture.of(each.type());
            if (bytes != null) {
                code.put(name, bytes);
            }
        });
        return code;
    }

    /** An earlier try may have left a class behind, or what was to become one. */
    private static boolean isTaken(CountedFiles of, String name) {
        Live live = of.table().get(name);
        ClassLoader loader = of.table().loader();
        return (live != null && live.loaded()) || loader == null || World.shows(loader, name);
    }

    /** Its objects run on what they run. */
    private void leave(CountedFiles of, Matching.Loaded loaded, String name) {
        Candidate left = of.loaded.get(name);
        if (left != null && !left.file().isEmpty()) {
            sweep.left.add(left);
        }
        byte[] code = loaded.code().get(name);
        String accessor = code == null ? null : Accessors.moved(code, loaded.code(), of.bytes());
        if (accessor != null) {
            sweep.faults.add(Names.type(name) + " has gone from its class file, and its objects call " + accessor
                    + ", which is another's now: javac numbered it anew; restart the process");
        }
    }

    private void rewrite(CountedFiles of, Map<String, String> names, Map<String, String> others) {
        Found found = taken(of);
        of.files.forEach((file, read) -> {
            String name = names.getOrDefault(file, file);
            byte[] bytes = Renaming.of(read.bytes(), others);
            Candidate loaded = of.loaded.get(name);
            if (loaded != null) {
                boolean named = bytes != read.bytes() || Counted.is(name) || names(read.bytes());
                if (named || found.loaded.contains(name)) {
                    sweep.loaded.add(change(loaded, read, file, bytes));
                }
                if (!loaded.file().equals(file)) {
                    sweep.renamed.put(
                            loaded, loaded.human() + " is what " + of.location().file(file) + " holds now");
                }
            } else if (name.equals(file)) {
                Candidate one = of.unloaded(file);
                Class<?> beside = found.brandNew.get(file);
                if (beside != null) {
                    sweep.brandNew.add(new Addition(change(one, read, file, bytes), beside));
                } else if (bytes != read.bytes() || found.pending.contains(file) || Review.version(one) != null) {
                    sweep.pending.add(change(one, read, file, bytes));
                }
            } else {
                add(of, change(of.unloaded(name), read, file, bytes), file);
            }
        });
    }

    /** One whose name another class has: no class loader finds it. */
    private void add(CountedFiles of, Change change, String file) {
        Class<?> beside = of.loaded.values().stream()
                .map(Candidate::type)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (beside != null) {
            if (of.loaded.containsKey(file)) {
                sweep.kept.add(
                        Names.type(file) + "'s objects keep the code that they have: what its class file holds now"
                                + " may be another class, and is " + change.of().human());
            }
            change.announce(Version.first(change.bytes()));
            sweep.brandNew.add(new Addition(change, beside));
            sweep.renamed.put(
                    change.of(),
                    change.of().human() + " is what " + of.location().file(file) + " holds now");
        }
    }

    private static Change change(Candidate of, CountedFiles.Read read, String file, byte[] bytes) {
        return new Change(of, read.bytes(), read.look()).from(file, bytes);
    }

    private static boolean names(byte[] bytes) {
        return Counted.nested(bytes).stream().anyMatch(Counted::is);
    }

    /** Others of its top class are what the sweep found them to be. */
    private static boolean isRead(CountedFiles of, Candidate each) {
        return of.has(each) && (Counted.is(each.name()) || of.files.containsKey(each.name()));
    }

    /** What the sweep had of these classes, which it has no longer. */
    private record Found(Set<String> loaded, Set<String> pending, Map<String, @Nullable Class<?>> brandNew) {}

    private Found taken(CountedFiles of) {
        Found found = new Found(new HashSet<>(), new HashSet<>(), new LinkedHashMap<>());
        sweep.loaded.removeIf(
                each -> isRead(of, each.of()) && found.loaded.add(each.of().name()));
        sweep.pending.removeIf(
                each -> isRead(of, each.of()) && found.pending.add(each.of().name()));
        sweep.brandNew.removeIf(each -> {
            boolean own = isRead(of, each.change().of());
            if (own) {
                found.brandNew.put(each.name(), each.beside());
            }
            return own;
        });
        return found;
    }
}
