// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an agent leaves, or not, in another JVM: signals, threads, objects, descriptors, classes. */
final class Traces {
    /** SIGRTMAX - 2, with which the JDK ends blocked reads: taken by the first file that is read through a channel. */
    private static final long CHANNELS = 1L << 61;

    private final Jdk jdk;
    private final JvmProcess process;

    Traces(Jdk jdk, JvmProcess process) {
        this.jdk = jdk;
        this.process = process;
    }

    /** The signals that are caught, and those that are ignored. */
    List<Long> signals() {
        return List.of(mask("SigCgt:") & ~CHANNELS, mask("SigIgn:"));
    }

    private long mask(String key) {
        try {
            String line = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(each -> each.startsWith(key))
                    .findFirst()
                    .orElseThrow();
            return Long.parseUnsignedLong(line.substring(key.length()).trim(), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long descriptors() {
        return count("fd");
    }

    /** Threads of any kind, as the kernel counts them. */
    long tasks() {
        return count("task");
    }

    private long count(String what) {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + process.pid() + "/" + what))) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the agent's threads. */
    List<String> threads() {
        return Threads.dump(jdk, process)
                .lines()
                .filter(line -> line.startsWith("\"reloader-"))
                .toList();
    }

    /** Lines of a histogram of what is alive that name the agent's classes, and those of its libraries. */
    List<String> objects() {
        Pattern ours =
                Pattern.compile(" (\\[L)?(io\\.reloader\\.(?!it\\.)|net\\.bytebuddy\\.|com\\.kenai\\.jffi\\.).*");
        return jcmd("GC.class_histogram")
                .filter(line -> ours.matcher(line).find())
                .toList();
    }

    /** Waits until no thread of the agent's runs and none of its objects is alive. */
    void collected() {
        Await.until(
                "the last line to be written",
                JvmProcess.PATIENCE,
                () -> threads().isEmpty(),
                () -> "" + threads());
        Await.until(
                "the agent to be collected",
                JvmProcess.PATIENCE,
                () -> objects().isEmpty(),
                () -> String.join("\n", objects()));
    }

    /** How many classes are loaded, once those that can go have gone; jstat would count each redefinition, too. */
    long classes() {
        if (jcmd("GC.run").findAny().isEmpty()) {
            throw new AssertionError("jcmd said nothing\n" + process.log());
        }
        String counts = String.join("\n", jcmd("VM.classloader_stats").toList());
        Matcher matcher = Pattern.compile("Total = \\d+\\s+(\\d+)").matcher(counts);
        if (!matcher.find()) {
            throw new AssertionError(counts);
        }
        return Long.parseLong(matcher.group(1));
    }

    private Stream<String> jcmd(String command) {
        return JvmProcess.run(List.of(jdk.tool("jcmd").toString(), Long.toString(process.pid()), command))
                .lines()
                .stream();
    }
}
