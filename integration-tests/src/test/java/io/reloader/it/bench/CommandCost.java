// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What {@code reloader status} takes by the script, with its archive and without, to what it takes by
 * {@code java -jar reloader.jar}: each round runs all of them, and a second {@code java -jar} that shows how far apart two
 * equal ones are. Called by {@code scripts/bench-cli}.
 */
public final class CommandCost {
    private CommandCost() {}

    /** {@code java agent.jar script classes rounds}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String java = args[0];
        String jar = args[1];
        Process app = new ProcessBuilder(java, "-javaagent:" + jar, "-cp", args[3], "io.reloader.it.app.PoolApp")
                .redirectErrorStream(true)
                .start();
        try {
            awaitArmed(app);
            String pid = Long.toString(app.pid());
            List<String> plain = List.of(java, "-jar", jar, "status", pid);
            List<String> without = List.of("env", "RELOADER_CACHE=none", args[2], "status", pid);
            List<String> with = List.of(args[2], "status", pid);
            run(with);
            System.out.println("round,java -jar in ms,again,script without archive,script");
            int rounds = Integer.parseInt(args[4]);
            double[][] ratios = new double[3][rounds];
            for (int i = 0; i < rounds; i++) {
                long[] nanos = {run(plain), run(plain), run(without), run(with)};
                System.out.println(i + ","
                        + String.join(
                                ",",
                                Arrays.stream(nanos)
                                        .mapToObj(each -> Long.toString(each / 1_000_000))
                                        .toList()));
                for (int j = 0; j < ratios.length; j++) {
                    ratios[j][i] = (double) nanos[j + 1] / nanos[0];
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "median ratio to java -jar: again %.2f, script without archive %.2f, script %.2f%n",
                    median(ratios[0]),
                    median(ratios[1]),
                    median(ratios[2]));
        } finally {
            app.destroyForcibly();
        }
    }

    private static void awaitArmed(Process app) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(app.getInputStream(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.contains("* armed")) {
                return;
            }
        }
        throw new IOException("the application ended");
    }

    private static long run(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(command + " exited with " + process.exitValue());
        }
        return System.nanoTime() - start;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
