// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the shell waits longer for a daemon than for the same start in the foreground, beside what one more JVM start
 * costs: {@code DaemonCost <java> <reloader.jar> <class path> <rounds>}. In each round all three run, in turning order,
 * so that a machine that slows down slows all alike.
 */
public final class DaemonCost {
    /** What a hand-over may cost beyond one more JVM start. */
    private static final int ALLOWANCE_MILLIS = 150;

    private final String java;
    private final String agent;
    private final String classPath;
    private final Path folder;

    private DaemonCost(String java, String agent, String classPath, Path folder) {
        this.java = java;
        this.agent = agent;
        this.classPath = classPath;
        this.folder = folder;
    }

    /** The application: says that it runs, and lives if it is told to. */
    public static final class App {
        private App() {}

        public static void main(String[] args) throws InterruptedException {
            System.out.println("running");
            if (args.length > 0) {
                Thread.sleep(60_000);
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("reloader-bench");
        DaemonCost cost = new DaemonCost(args[0], args[1], args[2], folder);
        int rounds = Integer.parseInt(args[3]);
        double[][] measured = new double[4][rounds];
        System.out.println("bare JVM ms,foreground ms,daemonized ms,hand-over ms,beyond a bare JVM ms");
        for (int i = -1; i < rounds; i++) {
            double[] round = cost.round(i + 1);
            // The first one only fills the page cache.
            if (i >= 0) {
                for (int j = 0; j < round.length; j++) {
                    measured[j][i] = round[j];
                }
                print(round);
            }
        }
        double[] medians =
                Arrays.stream(measured).mapToDouble(DaemonCost::median).toArray();
        System.out.print("medians: ");
        print(medians);
        double beyond = median(difference(measured[3], measured[0]));
        System.out.printf(
                Locale.ROOT,
                "a hand-over costs one bare JVM start %+.0f ms (median of pairs; at most +%d wanted)%n",
                beyond,
                ALLOWANCE_MILLIS);
        System.exit(beyond <= ALLOWANCE_MILLIS ? 0 : 1);
    }

    private static void print(double[] round) {
        System.out.printf(
                Locale.ROOT, "%.0f,%.0f,%.0f,%.0f,%.0f%n", round[0], round[1], round[2], round[3], round[3] - round[0]);
    }

    private double[] round(int turn) throws IOException, InterruptedException {
        double[] round = new double[4];
        for (int i = 0; i < 3; i++) {
            int which = (turn + i) % 3;
            round[which] = switch (which) {
                case 0 -> bare();
                case 1 -> foreground();
                default -> daemonized();
            };
        }
        round[3] = round[2] - round[1];
        return round;
    }

    private double bare() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start(java, "-cp", classPath, App.class.getName());
        await(process, "running");
        process.waitFor();
        return millis(start);
    }

    private double foreground() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start(java, "-javaagent:" + agent, "-cp", classPath, App.class.getName(), "live");
        await(process, "armed");
        double taken = millis(start);
        process.destroyForcibly().waitFor();
        return taken;
    }

    private double daemonized() throws IOException, InterruptedException {
        Path pidFile = folder.resolve("pid");
        String options = "=daemonize=true,pidfile=" + pidFile + ",log=" + folder.resolve("log");
        long start = System.nanoTime();
        Process process = start(java, "-javaagent:" + agent + options, "-cp", classPath, App.class.getName(), "live");
        await(process, "is up");
        process.waitFor();
        double taken = millis(start);
        ProcessHandle daemon = ProcessHandle.of(
                        Long.parseLong(Files.readString(pidFile).trim()))
                .orElseThrow();
        daemon.destroyForcibly();
        daemon.onExit().join();
        return taken;
    }

    private Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static void await(Process process, String text) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains(text)) {
                return;
            }
        }
        throw new IOException("no \"" + text + "\" in:\n" + said);
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static double[] difference(double[] left, double[] right) {
        double[] difference = new double[left.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = left[i] - right[i];
        }
        return difference;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
