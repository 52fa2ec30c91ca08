// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.arguments.BadArgument;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadClientTest {
    private static final String ACCEPTED = created("{\"id\":1,\"pricing\":\"v1\"}\n");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            closed     | ''
            closed     | 'HTTP/1.1 201 \\r\\nContent-Length: 40\\r\\n\\r\\n{"id":1'
            status-503 | 'HTTP/1.1 503 \\r\\nContent-Length: 0\\r\\n\\r\\n'
            malformed  | 'SSH-2.0\\r\\n\\r\\n'
            malformed  | 'HTTP/1.1 201 \\r\\nContent-Length: x\\r\\n\\r\\n'
            malformed  | 'HTTP/1.1 201 \\r\\nContent-Length: 3\\r\\n\\r\\n{}\\n'
            """)
    void anAnswerThatIsNotAsPromisedCountsAsFailedWithItsReason(String reason, String answer) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(answer.translateEscapes())) {
            Summary load = load(server, "--requests", "1");

            assertThat(load.accepted()).isZero();
            assertThat(load.reasons()).containsExactly(Map.entry(reason, 1L));
        }
    }

    @Test
    void aConnectionClosedAfterAnAnswerFailsTheNextRequestAndIsOpenedAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ACCEPTED)) {
            Summary load = load(server, "--requests", "2");

            assertThat(load.accepted()).isEqualTo(1);
            assertThat(load.failed()).isEqualTo(1);
        }
        try (ScriptedServer server = ScriptedServer.answering("", ACCEPTED)) {
            Summary load = load(server, "--requests", "2");

            assertThat(load.accepted()).isEqualTo(1);
            assertThat(load.reasons()).containsExactly(Map.entry("closed", 1L));
            assertThat(load.connects()).isEqualTo(2);
        }
    }

    @Test
    void anOrderAnsweredTwiceUnderOneIdIsAFailure() throws Exception {
        String closing = ACCEPTED.replace("Content-Length", "Connection: close\r\nContent-Length");
        try (ScriptedServer server = ScriptedServer.answering(closing, closing)) {
            Summary load = load(server, "--requests", "2");

            assertThat(load.reasons()).containsExactly(Map.entry("repeated-id", 1L));
        }
    }

    @Test
    void theVersionsSeenAreCountedInOrderOfFirstSight() throws Exception {
        String[] answers = new String[5];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = created("{\"id\":" + i + ",\"pricing\":\"" + (i < 2 ? "v2" : "v1") + "\"}\n")
                    .replace("Content-Length", "Connection: close\r\nContent-Length");
        }
        try (ScriptedServer server = ScriptedServer.answering(answers)) {
            Summary load = load(server, "--requests", "5");

            assertThat(load.line()).contains(" accepted=5 failed=0 ").contains(" versions=v2:2,v1:3 reasons=none ");
        }
    }

    @Test
    void aStopSignalEndsTheLoad() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering()) {
            StopSignal stop = new StopSignal();
            stop.give();

            assertThat(load(server, stop, "--seconds", "3600").requests()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.0.2.1:80", "https://127.0.0.1:443", "http://127.0.0.1", "nowhere", "http://"})
    void onlyThisMachineItselfIsLoaded(String url) {
        assertThatThrownBy(() -> LoadOptions.parse(List.of("--url", url)))
                .isInstanceOf(BadArgument.class)
                .hasMessageStartingWith("--url");
    }

    private static String created(String body) {
        return "HTTP/1.1 201 \r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static Summary load(ScriptedServer server, String... more) throws Exception {
        return load(server, new StopSignal(), more);
    }

    private static Summary load(ScriptedServer server, StopSignal stop, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("--url", server.url(), "--connections", "1"));
        args.addAll(List.of(more));
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return LoadClient.run(LoadOptions.parse(args), stop, out);
    }
}
