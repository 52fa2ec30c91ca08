// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One JVM whose classes are swapped some times, and what that took it. */
final class SwapJvm {
    private static final int SWAPS = 12;

    /** The JVM that compiles hot code, and the pools of constants that still grow, settle meanwhile. */
    private static final int FIRST = 4;

    private static final Pattern REDEFINITION =
            Pattern.compile("Safepoint \"RedefineClasses\".* At safepoint: +(\\d+) ns");

    private final SwapClasses classes;
    private final Process process;
    private final BufferedReader said;
    private final Path safepoints;
    private final List<Double> cpu = new ArrayList<>();

    private SwapJvm(SwapClasses classes, Process process, Path safepoints) {
        this.classes = classes;
        this.process = process;
        this.safepoints = safepoints;
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Milliseconds of one kind of stop, each time but the first; a reload makes two, that share its CPU time equally. */
    record Spent(List<Double> cpu, List<Double> wall) {}

    /** {@code settle} has none where the swap was bare. */
    record Seen(Spent swap, Spent settle) {}

    /** {@code reloads}: by reloader, which is one of the agents; else as plainly as it can be done. */
    static Seen run(SwapClasses classes, List<String> command, boolean reloader, boolean reloads) throws Exception {
        Path log = classes.folder().resolve("safepoints");
        Files.deleteIfExists(log);
        List<String> whole = new ArrayList<>(command);
        whole.add(1, "-Xlog:safepoint:file=" + log);
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        try {
            SwapJvm jvm = new SwapJvm(classes, process, log);
            jvm.await(reloader ? List.of("ready", "reloader: * armed") : List.of("ready"));
            jvm.rest();
            for (int i = 1; i <= SWAPS; i++) {
                jvm.swap(i, reloads);
            }
            return jvm.seen(reloads);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Until reloader has let go what it needed for the start only, and the JVM has dropped it, as it does in time. */
    private void rest() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (task("reloader-start") != null) {
            if (System.nanoTime() > deadline) {
                throw new IOException("reloader-start did not end within 5 minutes");
            }
            Thread.sleep(100);
        }
        ask("collect");
    }

    private void swap(int number, boolean reloads) throws Exception {
        ask("warm");
        classes.deploy(number % 2, classes.folder().resolve("classes"));
        double before = cpu();
        if (reloads) {
            new ProcessBuilder("kill", "-USR1", process.pid() + "").start().waitFor();
            await(List.of("reloader: - reload " + number + " done in "));
        } else {
            ask("swap");
        }
        cpu.add((cpu() - before) / (reloads ? 2 : 1));
    }

    private void ask(String line) throws IOException {
        process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        await(List.of("did " + line));
    }

    /** Reads on until each of these has been in a line. */
    private void await(List<String> lines) throws IOException {
        List<String> missing = new ArrayList<>(lines);
        StringBuilder all = new StringBuilder();
        while (!missing.isEmpty()) {
            String next = said.readLine();
            if (next == null) {
                throw new IOException("ended without " + missing + ":\n" + all);
            }
            missing.removeIf(next::contains);
            all.append(next).append('\n');
        }
    }

    /** What the JVM's thread that does safepoints has run so far: a busy machine adds less to it than to their time. */
    private double cpu() throws IOException {
        Path thread = task("VM Thread");
        if (thread == null) {
            throw new IOException("no VM Thread in " + process.pid());
        }
        String[] numbers = Files.readString(thread.resolve("schedstat")).split(" ", -1);
        return Long.parseLong(numbers[0]) / 1e6;
    }

    private Path task(String name) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", process.pid() + "", "task"))) {
            for (Path task : tasks.toList()) {
                if (named(task, name)) {
                    return task;
                }
            }
        }
        return null;
    }

    private static boolean named(Path task, String name) throws IOException {
        try {
            return Files.readString(task.resolve("comm")).equals(name + "\n");
        } catch (NoSuchFileException e) {
            // It has ended since.
            return false;
        }
    }

    private Seen seen(boolean reloads) throws IOException {
        List<Double> walls = walls(reloads ? 2 : 1);
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        for (int i = 0; i < walls.size(); i++) {
            (reloads && i % 2 == 1 ? second : first).add(walls.get(i));
        }
        List<Double> kept = cpu.subList(FIRST, SWAPS);
        return new Seen(new Spent(kept, first), new Spent(kept, second));
    }

    private List<Double> walls(int perSwap) throws IOException {
        List<Double> times = Files.readAllLines(safepoints).stream()
                .map(REDEFINITION::matcher)
                .filter(Matcher::find)
                .map(matcher -> Long.parseLong(matcher.group(1)) / 1e6)
                .toList();
        int kept = (SWAPS - FIRST) * perSwap;
        if (times.size() < kept) {
            throw new IOException(times.size() + " safepoints in " + safepoints);
        }
        return times.subList(times.size() - kept, times.size());
    }
}
