// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells the load to end early: given by hand, by a line {@code stop}, or by a file that appears. */
public final class StopSignal {
    private final CountDownLatch given = new CountDownLatch(1);

    public void give() {
        given.countDown();
    }

    /** Waits so long at most; true once the signal was given. */
    boolean within(long nanos) throws InterruptedException {
        return given.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** The end of the input is no signal, so that the load can run in the background. */
    void giveOnLine(InputStream input) {
        watch("stop-line", () -> {
            BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.strip().equals("stop")) {
                    give();
                    return;
                }
            }
        });
    }

    void giveOnFile(Path file) {
        watch("stop-file", () -> {
            while (!within(TimeUnit.MILLISECONDS.toNanos(50))) {
                if (Files.exists(file)) {
                    give();
                }
            }
        });
    }

    private static void watch(String name, Watch watch) {
        Thread thread = new Thread(
                () -> {
                    try {
                        watch.run();
                    } catch (IOException | InterruptedException e) {
                        System.err.println("load: " + name + " is no longer watched: " + e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Watch {
        void run() throws IOException, InterruptedException;
    }
}
