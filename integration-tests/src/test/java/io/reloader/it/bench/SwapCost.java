// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * How long a reload stops the world, held against a bare retransformation of the same classes in a JVM of the same
 * size: JVMs of either kind in turns, each of which is given two versions of the classes in turns.
 * {@code SwapCost <java> <reloader.jar> <class path> <pairs>}
 */
public final class SwapCost {
    private static final int CHANGED = 50;
    private static final int METHODS = 24;
    private static final int FILLERS = 10_000;
    private static final int SWAPS = 12;

    /** The JVM that compiles hot code, and the pools of constants that still grow, settle meanwhile. */
    private static final int WARM = 4;

    private static final Pattern REDEFINITION =
            Pattern.compile("Safepoint \"RedefineClasses\".* At safepoint: +(\\d+) ns");

    private final String java;
    private final String agent;
    private final String classPath;
    private final Path folder;

    private SwapCost(String java, String agent, String classPath, Path folder) {
        this.java = java;
        this.agent = agent;
        this.classPath = classPath;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        SwapCost cost = new SwapCost(args[0], args[1], args[2], Files.createTempDirectory("swap-cost"));
        cost.build();
        System.out.println("JVMs,safepoint ms: bare,bare beside reloader,swap,settle,swap/bare,settle/bare,"
                + "VM thread's CPU ms: bare,bare beside reloader,swap or settle,/bare,/bare beside reloader");
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            rounds.add(cost.round(i));
            print(Integer.toString(i + 1), rounds.subList(i, i + 1));
        }
        print("all", rounds);
    }

    /** What one JVM was seen to spend: milliseconds of each safepoint, and of CPU time for one. */
    private record Seen(List<Double> safepoints, double cpu) {
        Seen every(int step, int first) {
            return new Seen(
                    IntStream.range(0, safepoints.size() / step)
                            .mapToObj(i -> safepoints.get(i * step + first))
                            .toList(),
                    cpu);
        }
    }

    private record Round(Seen bare, Seen beside, Seen ours) {}

    private static void print(String name, List<Round> rounds) {
        double bare = middle(rounds, Round::bare);
        double swap = middle(rounds, each -> each.ours.every(2, 0));
        double settle = middle(rounds, each -> each.ours.every(2, 1));
        double bareCpu = cpu(rounds, Round::bare);
        double besideCpu = cpu(rounds, Round::beside);
        double ourCpu = cpu(rounds, Round::ours);
        System.out.printf(
                Locale.ROOT,
                "%s,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f%n",
                name,
                bare,
                middle(rounds, Round::beside),
                swap,
                settle,
                swap / bare,
                settle / bare,
                bareCpu,
                besideCpu,
                ourCpu,
                ourCpu / bareCpu,
                ourCpu / besideCpu);
    }

    private static double middle(List<Round> rounds, Function<Round, Seen> which) {
        return median(rounds.stream()
                .flatMap(each -> which.apply(each).safepoints.stream())
                .mapToDouble(each -> each));
    }

    private static double cpu(List<Round> rounds, Function<Round, Seen> which) {
        return median(rounds.stream().mapToDouble(each -> which.apply(each).cpu));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private Round round(int number) throws Exception {
        Seen[] seen = new Seen[3];
        String bare = "-javaagent:" + folder.resolve("bare.jar");
        // The order changes, so that a machine that slows down slows all alike.
        for (int j = 0; j < seen.length; j++) {
            int which = (number + j) % seen.length;
            seen[which] = switch (which) {
                case 0 -> run(List.of(bare), false);
                case 1 -> run(List.of(bare, reloader()), false);
                default -> run(List.of(reloader()), true);
            };
        }
        return new Round(seen[0], seen[1], seen[2]);
    }

    private String reloader() {
        return "-javaagent:" + agent + "=quiet-period=10ms,workers=http*";
    }

    /** One JVM, the first swaps left out. */
    private Seen run(List<String> agents, boolean signal) throws Exception {
        Path classes = folder.resolve("classes");
        Path log = folder.resolve("safepoints");
        Files.deleteIfExists(log);
        deploy(0, classes);
        List<String> command = new ArrayList<>(List.of(java, "-Xms512m", "-Xmx512m", "-XX:-UsePerfData"));
        command.addAll(agents);
        command.addAll(List.of("-Xlog:safepoint:file=" + log, "-cp", classes + ":" + classPath));
        command.addAll(List.of(SwapHost.class.getName(), classes.toString(), CHANGED + "", FILLERS + ""));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            boolean reloader = agents.contains(reloader());
            await(said, reloader ? List.of("ready", "reloader: * armed") : List.of("ready"));
            double before = 0;
            for (int i = 1; i <= SWAPS; i++) {
                before = i == WARM + 1 ? cpu(process) : before;
                deploy(i % 2, classes);
                if (signal) {
                    new ProcessBuilder("kill", "-USR1", process.pid() + "")
                            .start()
                            .waitFor();
                    await(said, List.of("reloader: - reload " + i + " done in "));
                } else {
                    process.getOutputStream().write('\n');
                    process.getOutputStream().flush();
                    await(said, List.of("swapped"));
                }
            }
            double spent = cpu(process) - before;
            List<Double> times = times(log, signal ? 2 : 1);
            return new Seen(times, spent / times.size());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** What the JVM's thread that does safepoints has run so far: unlike the time they took, no busy machine adds to it. */
    private static double cpu(Process process) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", process.pid() + "", "task"))) {
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).equals("VM Thread\n")) {
                    String[] numbers =
                            Files.readString(task.resolve("schedstat")).split(" ", -1);
                    return Long.parseLong(numbers[0]) / 1e6;
                }
            }
        }
        throw new IOException("no VM Thread in " + process.pid());
    }

    /** Reads on until each of these has been in a line. */
    private static void await(BufferedReader said, List<String> lines) throws IOException {
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

    private static List<Double> times(Path log, int perSwap) throws IOException {
        List<Double> times = Files.readAllLines(log).stream()
                .map(REDEFINITION::matcher)
                .filter(Matcher::find)
                .map(matcher -> Long.parseLong(matcher.group(1)) / 1e6)
                .toList();
        int kept = (SWAPS - WARM) * perSwap;
        if (times.size() < kept) {
            throw new IOException(times.size() + " safepoints in " + log);
        }
        return times.subList(times.size() - kept, times.size());
    }

    private void build() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", SwapHost.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (OutputStream out = Files.newOutputStream(folder.resolve("bare.jar"))) {
            new JarOutputStream(out, manifest).close();
        }
        for (int version = 0; version < 2; version++) {
            List<String> sources = new ArrayList<>();
            for (int i = 0; i < CHANGED; i++) {
                sources.add(write("C" + i, changed(i, version)));
            }
            Path out = Files.createDirectories(folder.resolve("v" + version));
            List<String> options = new ArrayList<>(List.of("-d", out.toString(), "-proc:none"));
            options.addAll(sources);
            if (ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new)) != 0) {
                throw new IOException("javac failed");
            }
        }
    }

    private String write(String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), source).toString();
    }

    private static String changed(int number, int version) {
        StringBuilder source = new StringBuilder("package com.acme; public class C" + number
                + " implements Runnable { int n; public void run() { n = m0(n, \"\"); }");
        for (int i = 0; i < METHODS; i++) {
            source.append(" int m")
                    .append(i)
                    .append("(int x, String s) { int y = x + ")
                    .append(i * 2 + version);
            source.append("; for (int i = 0; i < 3; i++) { if ((y & 1) == 0) { y += i * x; }");
            source.append(" else if (s.length() > 3) { y -= s.indexOf(\"v")
                    .append(version)
                    .append("\"); } }");
            source.append(i + 1 < METHODS ? " return m" + (i + 1) + "(y, s); }" : " return y; }");
        }
        return source + " }";
    }

    private void deploy(int version, Path classes) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("v" + version).resolve("com/acme"))) {
            for (Path file : files.toList()) {
                Path target = classes.resolve("com/acme").resolve(file.getFileName());
                Files.createDirectories(target.getParent());
                Path beside = Files.copy(file, folder.resolve("beside"), StandardCopyOption.REPLACE_EXISTING);
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
