// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Runs {@link TaskCost} in pairs of JVMs, one without the agent and one with it, in alternating order, and prints for
 * each kind of pool the median of the pairs' ratios: {@code PairedCost <java> <reloader.jar> <class path> <pairs>
 * <kind>[:early]...}. Measured once the agent is armed; {@code early}: by a worker that had begun before.
 */
public final class PairedCost {
    private final String java;
    private final String agent;
    private final String classPath;

    private PairedCost(String java, String agent, String classPath) {
        this.java = java;
        this.agent = agent;
        this.classPath = classPath;
    }

    public static void main(String[] args) throws Exception {
        PairedCost cost = new PairedCost(args[0], args[1], args[2]);
        int pairs = Integer.parseInt(args[3]);
        System.out.println("pool,plain ns/task,agent ns/task,ratio,plain/plain ratio,agent bytes/task - plain");
        for (String kind : Arrays.asList(args).subList(4, args.length)) {
            System.out.println(cost.row(kind, pairs));
        }
    }

    private String row(String kind, int pairs) throws Exception {
        List<double[]> plain = new ArrayList<>();
        List<double[]> again = new ArrayList<>();
        List<double[]> woven = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            // The order changes, so that a machine that slows down slows all alike.
            for (int j = 0; j < 3; j++) {
                switch ((i + j) % 3) {
                    case 0 -> plain.add(run(kind, false));
                    case 1 -> woven.add(run(kind, true));
                    default -> again.add(run(kind, false));
                }
            }
        }
        return String.format(
                Locale.ROOT,
                "%s,%.1f,%.1f,%.3f,%.3f,%.1f",
                kind,
                median(plain, 0),
                median(woven, 0),
                ratio(woven, plain),
                ratio(again, plain),
                median(woven, 1) - median(plain, 1));
    }

    private double[] run(String kind, boolean withAgent) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java));
        if (withAgent) {
            command.add("-javaagent:" + agent);
        }
        command.addAll(List.of("-Xms256m", "-Xmx256m", "-cp", classPath, TaskCost.class.getName()));
        command.addAll(List.of(kind.split(":", -1)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            awaitReady(lines, withAgent);
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            String last = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ": " + last);
            }
            return Arrays.stream(last.split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }

    /** Until the pool is there, and the agent armed. */
    private static void awaitReady(BufferedReader lines, boolean withAgent) throws IOException {
        boolean ready = false;
        boolean armed = !withAgent;
        while (!ready || !armed) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("ended before it was ready");
            }
            ready |= line.equals("ready");
            armed |= line.startsWith("reloader: * armed");
        }
    }

    private static double ratio(List<double[]> measured, List<double[]> base) {
        double[] ratios = new double[base.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = measured.get(i)[0] / base.get(i)[0];
        }
        return median(ratios);
    }

    private static double median(List<double[]> all, int column) {
        return median(all.stream().mapToDouble(each -> each[column]).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
