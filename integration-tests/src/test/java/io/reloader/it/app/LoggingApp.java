// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Writes numbered lines, {@code line WRITER NUMBER}, from two threads, until the file that it is given exists. */
public final class LoggingApp {
    private static final long PAUSE_NANOS = 50_000;

    private LoggingApp() {}

    public static void main(String[] args) throws InterruptedException {
        Path end = Path.of(args[0]);
        Thread other = new Thread(() -> write("b", end));
        other.start();
        write("a", end);
        other.join();
        System.out.println("all written");
        Thread.sleep(Long.MAX_VALUE);
    }

    private static void write(String writer, Path end) {
        int number = 0;
        while (!Files.exists(end)) {
            System.out.println("line " + writer + " " + number++);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        System.out.println("last " + writer + " " + number);
    }
}
