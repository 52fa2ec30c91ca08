// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifySocketTest {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MOST = 8192;

    private NativeCalls calls;
    private int receiver = -1;

    @BeforeEach
    void load() throws NativeUnavailable {
        JffiLibrary.load();
        calls = new NativeCalls();
    }

    @AfterEach
    void close() throws NativeUnavailable {
        if (receiver >= 0) {
            calls.call("close", receiver);
        }
    }

    @Test
    void aMessageArrivesWholeAtAPath(@TempDir Path folder) throws NativeUnavailable {
        String name = folder.resolve("notify").toString();
        listen(name);
        assertThat(NotifySocket.at(name).send("READY=1\nSTATUS=größer")).isTrue();
        assertThat(received()).isEqualTo("READY=1\nSTATUS=größer");
    }

    @Test
    void aMessageArrivesWholeAtAnAbstractName() throws NativeUnavailable {
        String name = "@reloader-test-" + ProcessHandle.current().pid();
        listen(name);
        NotifySocket socket = NotifySocket.at(name);
        assertThat(socket.send("READY=1")).isTrue();
        assertThat(socket.send("STOPPING=1")).isTrue();
        assertThat(received()).isEqualTo("READY=1");
        assertThat(received()).isEqualTo("STOPPING=1");
    }

    @Test
    void aListenerThatIsBehindIsNotWaitedFor(@TempDir Path folder) throws NativeUnavailable {
        String name = folder.resolve("notify").toString();
        listen(name);
        NotifySocket socket = NotifySocket.at(name);
        int taken = 0;
        while (taken < 100_000 && socket.send("WATCHDOG=1")) {
            taken++;
        }
        assertThat(taken).isBetween(1, 99_999);
        received();
        assertThat(socket.send("READY=1")).isTrue();
    }

    @Test
    void nobodyListeningIsSaid(@TempDir Path folder) throws NativeUnavailable {
        NotifySocket socket = NotifySocket.at(folder.resolve("nobody").toString());
        assertThatThrownBy(() -> socket.send("READY=1"))
                .isInstanceOf(NativeUnavailable.class)
                .hasMessage("sendto failed with errno 2");
    }

    @Test
    void anAddressOfAnotherKindIsRefused() {
        for (String address : new String[] {"vsock:2:1", "@", "run/notify", "/" + "x".repeat(107)}) {
            assertThatThrownBy(() -> NotifySocket.at(address))
                    .isInstanceOf(NativeUnavailable.class)
                    .hasMessageContaining("absolute path");
        }
    }

    @Test
    void noDescriptorIsLeftOpen(@TempDir Path folder) throws NativeUnavailable {
        String name = folder.resolve("notify").toString();
        listen(name);
        NotifySocket socket = NotifySocket.at(name);
        int before = descriptors();
        for (int i = 0; i < 200; i++) {
            socket.send("STATUS=" + i);
            received();
        }
        assertThat(descriptors()).isLessThan(before + 100);
    }

    private static int descriptors() {
        String[] open = Path.of("/proc/self/fd").toFile().list();
        return open == null ? 0 : open.length;
    }

    private void listen(String name) throws NativeUnavailable {
        receiver = calls.checked("socket", AF_UNIX, SOCK_DGRAM, 0);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        long address = calls.allocate(110);
        calls.putShort(address, (short) AF_UNIX);
        boolean isAbstract = bytes[0] == '@';
        if (isAbstract) {
            bytes[0] = 0;
        }
        calls.putBytes(address + 2, bytes);
        calls.checked("bind", receiver, address, 2 + bytes.length + (isAbstract ? 0 : 1));
        assertThat(isAbstract || Files.exists(Path.of(name))).isTrue();
    }

    private String received() throws NativeUnavailable {
        long buffer = calls.allocate(MOST);
        int length = calls.checked("recv", receiver, buffer, MOST, MSG_DONTWAIT);
        return new String(calls.bytes(buffer, length), StandardCharsets.UTF_8);
    }
}
