// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be done with standard output. */
final class Tty {
    private Tty() {}

    /** Whether it is a terminal that can do more than print. */
    static boolean draws() {
        String terminal = environment("TERM");
        return isTerminal() && !terminal.isEmpty() && !terminal.equals("dumb");
    }

    /** Whether it is one whose user wants colours (no-color.org). */
    static boolean colours() {
        return draws() && environment("NO_COLOR").isEmpty();
    }

    private static String environment(String name) {
        return System.getenv().getOrDefault(name, "");
    }

    /** By the descriptor: what {@code System.console()} tells depends on the JDK. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
