// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import com.example.arguments.BadArgument;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Loads the order service over keep-alive connections, and exits with 0 only if not one request failed. */
public final class LoadClient {
    private LoadClient() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            LoadOptions options = LoadOptions.parse(List.of(args));
            StopSignal stop = new StopSignal();
            stop.giveOnLine(System.in);
            options.stopFile().ifPresent(stop::giveOnFile);
            Summary summary = run(options, stop, System.out);
            System.exit(summary.failed() == 0 ? 0 : 1);
        } catch (BadArgument e) {
            System.err.println("load: " + e.getMessage());
            System.exit(2);
        }
    }

    /** Runs the load to its end, printing a line each second and the summary last. */
    public static Summary run(LoadOptions options, StopSignal stop, PrintStream out) throws InterruptedException {
        Tally tally = new Tally();
        CountDownLatch running = startCallers(options, stop, tally);
        long start = System.nanoTime();
        long t = 1;
        while (!running.await(start + TimeUnit.SECONDS.toNanos(t) - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            out.println(tally.line(t));
            t++;
        }
        Summary summary = tally.summary();
        out.println(summary.line());
        return summary;
    }

    private static CountDownLatch startCallers(LoadOptions options, StopSignal stop, Tally tally) {
        Pace pace = new Pace(options, stop);
        CountDownLatch running = new CountDownLatch(options.connections());
        for (int i = 1; i <= options.connections(); i++) {
            Caller caller = new Caller(options, pace, stop, tally);
            Runnable work = () -> {
                caller.run();
                running.countDown();
            };
            new Thread(work, "load-" + i).start();
        }
        return running;
    }
}
