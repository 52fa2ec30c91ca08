// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Prints how it was started, one fact a line, byte for byte, and then ends, or lives if it is a daemon: the facts must
 * be the same.
 */
public final class FactsApp {
    private FactsApp() {}

    public static void main(String[] args) throws Exception {
        fact("arguments", hex(String.join("\0", args)));
        fact("command", hex(split("cmdline").stream().skip(1).collect(Collectors.joining("\0"))));
        fact("class path", System.getProperty("java.class.path"));
        fact("directory", System.getProperty("user.dir"));
        fact("environment", hex(split("environ").stream().sorted().collect(Collectors.joining("\0"))));
        fact("limits", Files.readString(Path.of("/proc/self/limits")).replaceAll("\\s+", " "));
        fact(
                "nice",
                Files.readString(Path.of("/proc/self/stat"))
                        .replaceFirst("(?s)^.*\\) ", "")
                        .split(" ", -1)[16]);
        fact("cgroup", Files.readString(Path.of("/proc/self/cgroup")).trim().replace('\n', ' '));
        for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
            if (line.matches("(Uid|Gid|Groups|Umask|Seccomp|NoNewPrivs|CapEff|CapBnd|Cpus_allowed):.*")) {
                fact("status", line);
            }
        }
        fact("heap", Long.toString(Runtime.getRuntime().maxMemory()));
        System.out.println("end of facts");
        if ("true".equals(System.getenv("RELOADER_DAEMONIZE"))) {
            new CountDownLatch(1).await();
        }
    }

    /** Of a file in /proc, without what only a daemon has and what says whether it is to be one. */
    private static List<String> split(String file) throws Exception {
        String text = new String(Files.readAllBytes(Path.of("/proc/self", file)), StandardCharsets.ISO_8859_1);
        return Arrays.stream(text.split("\0", -1))
                .filter(piece -> !piece.startsWith("-Dio.reloader.daemon="))
                .filter(piece -> !piece.equals("--add-modules=jdk.unsupported"))
                .filter(piece -> !piece.matches("(?s)(_?RELOADER_|_JAVA_SR_SIGNUM=).*"))
                .toList();
    }

    private static void fact(String name, String value) {
        System.out.println("fact " + name + ": " + value);
    }

    /** ASCII as it is, the rest in hexadecimal: the log's encoding must not hide a difference. */
    private static String hex(String text) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            hex.append(c > ' ' && c < 127 ? Character.toString(c) : "<" + Integer.toHexString(c) + ">");
        }
        return hex.toString();
    }
}
