// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Keep-alive load on a server from a process of its own, which judges every answer. */
final class ServedLoad implements AutoCloseable {
    private final JvmProcess process;

    ServedLoad(Program server, Jdk jdk, int port) {
        process = server.client(Java.on(jdk), port).start();
        try {
            process.await("met 0");
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** From now on no request may be answered by an older greeting or by one of these threads. */
    void expect(int version, Set<Long> retired) {
        process.tell("expect " + version + " "
                + retired.stream().map(Object::toString).collect(Collectors.joining(",")));
        process.await("met " + version + "$");
    }

    /** The callers keep their connections and ask no more. */
    void pause() {
        process.tell("pause");
        process.await("paused");
    }

    /** One request, on a connection of its own, that takes a while. */
    void askSlowly() {
        process.tell("slow 1500");
    }

    void assertSlowAnswer() {
        assertThat(process.await("slow (.*)").group(1)).as(process.log()).startsWith("version=");
    }

    /** Ends it, and holds it to the promise: no request failed, no connection was closed. */
    void stop(Served server) {
        process.tell("stop");
        Matcher summary = process.await("summary requests=(\\d+) failed=(\\d+) connects=(\\d+)");
        String evidence = process.log() + server.log();
        assertThat(summary.group(2)).as("failed requests\n%s", evidence).isEqualTo("0");
        assertThat(summary.group(3))
                .as("connections opened by 6 callers\n%s", evidence)
                .isEqualTo("6");
        assertThat(process.exitCode()).as(evidence).isZero();
    }

    @Override
    public void close() {
        process.close();
    }
}
