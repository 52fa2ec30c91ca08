// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchesTest {

    @Test
    void onlyLinesThatAreLoggedFromNowOnCount(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "server is up\n");
        LogWatch watch = new LogWatch(log, Pattern.compile("^server is up$", Pattern.MULTILINE));
        assertThat(watch.found()).isFalse();
        append(log, "noise\nserver is ");
        assertThat(watch.found()).isFalse();
        append(log, "up\n");
        assertThat(watch.found()).isTrue();
    }

    @Test
    void aLineAfterMegabytesOfOthersIsFound(@TempDir Path folder) throws IOException {
        Path log = Files.createFile(folder.resolve("log"));
        LogWatch watch = new LogWatch(log, Pattern.compile("ready"));
        append(log, "x".repeat(3_000_000) + "\n" + "noise\n".repeat(500_000));
        assertThat(watch.found()).isFalse();
        append(log, "ready\n");
        assertThat(watch.found()).isTrue();
    }

    @Test
    void aPortCountsWhileThisProcessListensOnIt() throws IOException {
        PortWatch watch;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            watch = new PortWatch(socket.getLocalPort());
            assertThat(watch.found()).isTrue();
        }
        assertThat(watch.found()).isFalse();
    }

    private static void append(Path log, String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }
}
