// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.AskApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process that is asked for a word, which a class of some jar or directory knows, before and after a reload. */
final class Asked implements AutoCloseable {
    final JvmProcess process;

    Asked(Java java) {
        process = java.start();
        process.await("^ready");
    }

    /** With the agent from the start; it is on the class path behind these. */
    static Asked withAgent(Jdk jdk, Path... classPath) {
        return onceArmed(
                Java.on(jdk).agent(Served.OPTIONS).classPath(and(classPath)).main(AskApp.class));
    }

    static Asked onceArmed(Java java) {
        Asked asked = new Asked(java);
        asked.process.await("reloader: \\* armed");
        return asked;
    }

    static Path[] and(Path... classPath) {
        return Stream.concat(Arrays.stream(classPath), Stream.of(Java.TEST_CLASSES))
                .toArray(Path[]::new);
    }

    /** Class files that know this word, one for each type, and a resource {@code word.txt} that holds it. */
    static Path words(Path out, String word, String... types) throws IOException {
        for (String type : types) {
            Sources.compile(out, "", """
                    package com.acme;
                    public class %s {
                        public static String word() { return "%s"; }
                    }
                    """.formatted(type, word));
        }
        Files.writeString(out.resolve("word.txt"), word);
        return out;
    }

    /** The same in a jar, renamed over the one that is there. */
    static void jar(Path jar, String word, String... types) throws IOException {
        Jars.create(jar, words(jar.resolveSibling(jar.getFileName() + " " + word), word, types));
    }

    void open(String loader, Path... places) {
        assertThat(tell("open " + loader + " "
                        + Arrays.stream(places).map(Path::toString).collect(Collectors.joining(" "))))
                .isEqualTo("opened");
    }

    void answers(String loader, String type, String word) {
        assertThat(tell("ask " + loader + " com.acme." + type))
                .as(process.log())
                .isEqualTo(word);
    }

    void reads(String loader, String resource, String text) {
        assertThat(tell("read " + loader + " " + resource)).as(process.log()).isEqualTo(text);
    }

    private String tell(String line) {
        int mark = process.mark();
        process.tell(line);
        return process.await("^answer (.*)", mark).group(1);
    }

    /** The signal, and its verdict. */
    void reload(int number, String verdict) {
        process.signal("USR1");
        process.await("reloader: - reload " + number + " (done|refused) in");
        assertThat(process.journal())
                .as(process.log())
                .anyMatch(line -> line.matches("reloader: - reload " + number + " " + verdict));
    }

    void reloads(int number, String changed) {
        reload(number, "done in .*: " + changed + "(, .*)?");
    }

    @Override
    public void close() {
        process.close();
    }
}
