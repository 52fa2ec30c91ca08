// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Keep-alive load on a server from a process of its own, which judges every answer. */
final class ServedLoad implements AutoCloseable {
    private final JvmProcess process;

    ServedLoad(Server server, Jdk jdk, int port) {
        process = server.client(Java.on(jdk), port).start();
        process.await("met 0");
    }

    /** From now on no request may be answered by an older greeting or by one of these threads. */
    void expect(int version, Set<Long> retired) {
        process.tell("expect " + version + " "
                + retired.stream().map(Object::toString).collect(Collectors.joining(",")));
        process.await("met " + version + "$");
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
