// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How long a reload stops the world, held against a bare retransformation of the same classes: JVMs of each kind in
 * turns, in each of which the same code is as warm when it is swapped, for two sizes of host.
 * {@code SwapCost <java> <reloader.jar> <class path> <rounds>}
 */
public final class SwapCost {
    private final String java;
    private final String agent;
    private final String classPath;
    private final SwapClasses classes;

    private SwapCost(String java, String agent, String classPath, SwapClasses classes) {
        this.java = java;
        this.agent = agent;
        this.classPath = classPath;
        this.classes = classes;
    }

    public static void main(String[] args) throws Exception {
        SwapClasses classes = new SwapClasses(Files.createTempDirectory("swap-cost"));
        SwapCost cost = new SwapCost(args[0], args[1], args[2], classes);
        System.out.println("host,round,ms,bare,bare again,bare beside reloader,swap,settle,again/bare,beside/bare,"
                + "swap/bare,settle/bare,swap/beside,settle/beside");
        for (Host host : Host.values()) {
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(args[3]); i++) {
                rounds.add(cost.round(host, i));
                print(host, Integer.toString(i + 1), rounds.subList(i, i + 1));
            }
            print(host, "all", rounds);
        }
    }

    /** As much as a JVM has loaded, and run so often that it compiled it, when it is asked to swap. */
    private enum Host {
        SMALL(2_000, 0),
        SERVER(15_000, 6);

        private final int classes;
        private final int work;

        Host(int classes, int work) {
            this.classes = classes;
            this.work = work;
        }
    }

    /** One JVM of each kind. */
    private record Round(SwapJvm.Seen bare, SwapJvm.Seen again, SwapJvm.Seen beside, SwapJvm.Seen ours) {

        /** The milliseconds in the order of the columns, each the least of a JVM's, then their ratios. */
        double[] row(Function<SwapJvm.Spent, List<Double>> what) {
            double one = Collections.min(what.apply(bare.swap()));
            double other = Collections.min(what.apply(again.swap()));
            double near = Collections.min(what.apply(beside.swap()));
            double swap = Collections.min(what.apply(ours.swap()));
            double settle = Collections.min(what.apply(ours.settle()));
            return new double[] {
                one,
                other,
                near,
                swap,
                settle,
                other / one,
                near / one,
                swap / one,
                settle / one,
                swap / near,
                settle / near
            };
        }
    }

    private static void print(Host host, String round, List<Round> rounds) {
        print(host, round + ",CPU of the VM thread", rounds, SwapJvm.Spent::cpu);
        print(host, round + ",safepoint", rounds, SwapJvm.Spent::wall);
    }

    private static void print(Host host, String name, List<Round> rounds, Function<SwapJvm.Spent, List<Double>> what) {
        List<double[]> rows = rounds.stream().map(each -> each.row(what)).toList();
        StringBuilder line = new StringBuilder(host.name().toLowerCase(Locale.ROOT) + "," + name);
        for (int i = 0; i < rows.get(0).length; i++) {
            int column = i;
            double middle = median(rows.stream().map(row -> row[column]).toList());
            line.append(String.format(Locale.ROOT, ",%.2f", middle));
        }
        System.out.println(line);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(each -> each).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private Round round(Host host, int number) throws Exception {
        SwapJvm.Seen[] seen = new SwapJvm.Seen[4];
        String bare = "-javaagent:" + classes.bareAgent();
        // The order changes, so that a machine that slows down slows all alike.
        for (int i = 0; i < seen.length; i++) {
            int which = (number + i) % seen.length;
            seen[which] = switch (which) {
                case 0, 1 -> run(host, List.of(bare), false);
                case 2 -> run(host, List.of(bare, reloader()), false);
                default -> run(host, List.of(reloader()), true);
            };
        }
        return new Round(seen[0], seen[1], seen[2], seen[3]);
    }

    private String reloader() {
        return "-javaagent:" + agent + "=quiet-period=10ms,workers=http*";
    }

    private SwapJvm.Seen run(Host host, List<String> agents, boolean reloads) throws Exception {
        Path loaded = classes.folder().resolve("classes");
        classes.deploy(0, loaded);
        List<String> command = new ArrayList<>(List.of(java, "-Xms512m", "-Xmx512m", "-XX:-UsePerfData"));
        command.addAll(agents);
        command.addAll(List.of("-cp", loaded + ":" + classPath, SwapHost.class.getName(), loaded.toString()));
        command.addAll(List.of(SwapClasses.CHANGED + "", host.classes + ""));
        command.addAll(List.of(classes.folder().toString(), host.work + ""));
        return SwapJvm.run(classes, command, agents.contains(reloader()), reloads);
    }
}
