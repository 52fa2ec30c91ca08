// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * An application to daemonize: prints its arguments, then does what the first one says: {@code serve PORT-FILE} listens
 * and writes its port to the file, {@code fail N} exits with that status, {@code child JAVA CLASS-PATH} starts another
 * JVM with the same environment, anything else just lives.
 */
public final class DaemonApp {
    private DaemonApp() {}

    public static void main(String[] args) throws Exception {
        System.out.println("arguments " + Arrays.toString(args));
        switch (args.length == 0 ? "" : args[0]) {
            case "serve" -> serve(Path.of(args[1]));
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
            default -> new CountDownLatch(1).await();
        }
    }

    private static void serve(Path portFile) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Files.writeString(portFile, Integer.toString(socket.getLocalPort()));
            socket.accept();
        }
    }
}
