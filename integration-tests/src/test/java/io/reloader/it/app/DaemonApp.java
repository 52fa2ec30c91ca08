// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An application to daemonize: prints its arguments, then does what the first one says: {@code serve PORT-FILE
 * PORT} listens and writes its port to the file, {@code fail N} exits with that status, {@code child JAVA CLASS-PATH} starts another
 * JVM with the same environment, {@code touch FILE} opens, reads and closes it, {@code hook FILE COPY} copies it in a
 * shutdown hook, {@code sleeper} starts a program that lives, {@code native FILE} waits for it and writes in three ways,
 * anything else just lives.
 */
public final class DaemonApp {
    private DaemonApp() {}

    public static void main(String[] args) throws Exception {
        System.out.println("arguments " + Arrays.toString(args));
        switch (args.length == 0 ? "" : args[0]) {
            case "serve" -> serve(Path.of(args[1]), args.length > 2 ? Integer.parseInt(args[2]) : 0);
            case "fail" -> {
                System.out.println("cannot go on");
                System.exit(Integer.parseInt(args[1]));
            }
            case "child" -> {
                Process child = new ProcessBuilder(args[1], "-cp", args[2], DaemonApp.class.getName(), "fail", "9")
                        .inheritIO()
                        .start();
                System.out.println("child ended with " + child.waitFor());
                new CountDownLatch(1).await();
            }
            case "touch" -> {
                touch(args);
                new CountDownLatch(1).await();
            }
            case "hook" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> copySlowly(Path.of(args[1]), Path.of(args[2]))));
                System.out.println("hook in place");
                new CountDownLatch(1).await();
            }
            case "sleeper" -> {
                new ProcessBuilder("sleep", "300").start();
                System.out.println("sleeper started");
                new CountDownLatch(1).await();
            }
            case "native" -> {
                while (!Files.exists(Path.of(args[1]))) {
                    LockSupport.parkNanos(5_000_000);
                }
                System.out.println("from Java");
                new ProcessBuilder("sh", "-c", "echo from a child; echo from its error >&2")
                        .inheritIO()
                        .start()
                        .waitFor();
                new CountDownLatch(1).await();
            }
            default -> new CountDownLatch(1).await();
        }
    }

    private static void touch(String[] args) throws Exception {
        for (String name : Arrays.asList(args).subList(1, args.length)) {
            Path file = Path.of(name);
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
                opened.read();
            }
        }
        System.out.println("touched");
    }

    /** Other hooks have long returned when this one looks. */
    private static void copySlowly(Path file, Path copy) {
        try {
            TimeUnit.MILLISECONDS.sleep(300);
            Files.copy(file, copy);
        } catch (IOException | InterruptedException e) {
            System.out.println("not copied: " + e);
        }
    }

    private static void serve(Path portFile, int port) throws Exception {
        try (ServerSocket socket = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
            Files.writeString(portFile, Integer.toString(socket.getLocalPort()));
            socket.accept();
        }
    }
}
