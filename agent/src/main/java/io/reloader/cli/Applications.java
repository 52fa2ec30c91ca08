// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JVMs of this machine by what their command lines run: a jar, a main class or a module. */
final class Applications {
    /** Options of the java command whose value is the next argument. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--limit-modules",
            "--add-reads",
            "--add-exports",
            "--add-opens",
            "--patch-module",
            "--enable-native-access",
            "--source");

    private static final Set<String> MODULE = Set.of("-m", "--module");
    private static final String JAR = ".jar";

    private final Path proc;
    private final long self;

    /**
     * @param proc where processes are listed
     * @param self the process that is none of them
     */
    Applications(Path proc, long self) {
        this.proc = proc;
        this.self = self;
    }

    /** @param main a jar's path, a class, or module/class */
    record Running(long pid, String main) {
        String words() {
            return pid + " (" + main + ")";
        }

        /** By the jar's file name, with or without its ending, or the class's name, with or without its package. */
        boolean is(String name) {
            String last = main.substring(main.lastIndexOf('/') + 1);
            return last.equals(name)
                    || (last.endsWith(JAR)
                            ? last.equals(name + JAR)
                            : last.substring(last.lastIndexOf('.') + 1).equals(name));
        }
    }

    List<Running> named(String name) {
        return all().stream().filter(each -> each.is(name)).toList();
    }

    private List<Running> all() {
        List<Running> all = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path each : processes) {
                long pid = Long.parseLong(each.getFileName().toString());
                String main = pid == self ? null : program(each);
                if (main != null) {
                    all.add(new Running(pid, main));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        all.sort(Comparator.comparingLong(Running::pid));
        return all;
    }

    private static @Nullable String program(Path process) {
        try {
            String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            String[] arguments = line.split("\0");
            boolean java =
                    arguments[0].substring(arguments[0].lastIndexOf('/') + 1).equals("java");
            return java ? program(arguments) : null;
        } catch (IOException e) {
            // It has ended, or is hidden from us.
            return null;
        }
    }

    static @Nullable String program(String[] arguments) {
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("-jar") || MODULE.contains(argument)) {
                return i + 1 < arguments.length ? arguments[i + 1] : null;
            }
            if (argument.startsWith("--module=")) {
                return argument.substring("--module=".length());
            }
            if (WITH_VALUE.contains(argument)) {
                i++;
            } else if (!argument.startsWith("-") && !argument.startsWith("@")) {
                return argument;
            }
        }
        return null;
    }
}
