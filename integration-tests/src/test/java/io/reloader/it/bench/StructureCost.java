// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What members cost that a reload has added, held against native ones in the same JVM: {@code StructureCost <java>
 * <reloader.jar> <class path> <rounds>}, one JVM each.
 */
public final class StructureCost {
    private final List<String> command;
    private final Path folder = Files.createTempDirectory("structure-cost");

    private StructureCost(String java, String agent, String classPath) throws IOException {
        command = List.of(
                java,
                "-javaagent:" + agent + "=structure=true,side-by-side=false,quiet-period=10ms",
                "-Xms256m",
                "-Xmx256m",
                "-cp",
                folder.resolve("classes") + ":" + classPath,
                StructureHost.class.getName(),
                folder.resolve("next").toString(),
                folder.resolve("classes").toString(),
                Integer.toString(StructureMembers.names().size()));
        StructureMembers.compile(folder.resolve("next"), 2);
    }

    public static void main(String[] args) throws Exception {
        StructureCost cost = new StructureCost(args[0], args[1], args[2]);
        List<double[][]> rounds = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            rounds.add(cost.round());
        }
        System.out.println("what,native ns,added ns,added/native,least,most");
        List<String> names = StructureMembers.names();
        for (int i = 0; i < names.size(); i++) {
            print(names.get(i), rounds, i);
        }
    }

    private static void print(String name, List<double[][]> rounds, int pair) {
        double[] ratios = sorted(rounds, each -> each[pair][1] / each[pair][0]);
        System.out.printf(
                Locale.ROOT,
                "%s,%.2f,%.2f,%.2f,%.2f,%.2f%n",
                name,
                middle(sorted(rounds, each -> each[pair][0])),
                middle(sorted(rounds, each -> each[pair][1])),
                middle(ratios),
                ratios[0],
                ratios[ratios.length - 1]);
    }

    private static double[] sorted(List<double[][]> rounds, ToDoubleFunction<double[][]> what) {
        return rounds.stream().mapToDouble(what).sorted().toArray();
    }

    private static double middle(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private double[][] round() throws IOException, InterruptedException {
        StructureMembers.compile(folder.resolve("classes"), 1);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        double[][] pairs = new double[StructureMembers.names().size()][];
        StringBuilder said = new StringBuilder();
        int waiting = 2;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if ((line.equals("ready") || line.startsWith("reloader: * armed")) && --waiting == 0) {
                    process.getOutputStream().write('\n');
                    process.getOutputStream().flush();
                } else if (line.startsWith("pair ")) {
                    String[] words = line.split(" ", -1);
                    pairs[Integer.parseInt(words[1])] =
                            new double[] {Double.parseDouble(words[2]), Double.parseDouble(words[3])};
                }
            }
        }
        if (process.waitFor() != 0 || pairs[pairs.length - 1] == null) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + "\n" + said);
        }
        return pairs;
    }
}
