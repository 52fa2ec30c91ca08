// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reloader.control.Outcome;
import io.reloader.os.Credentials;
import io.reloader.pool.Await;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One thread serves all, and waits for nobody. */
@Timeout(60)
class DoorTest {
    private static final Limits LIMITS =
            new Limits(4, TimeUnit.MILLISECONDS.toNanos(500), TimeUnit.MILLISECONDS.toNanos(500));

    @TempDir
    private Path folder;

    private final CountDownLatch left = new CountDownLatch(1);
    private final AtomicReference<Reply> held = new AtomicReference<>();
    private final List<String> troubles = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path path;

    @SuppressWarnings("NullAway.Init")
    private Door door;

    @SuppressWarnings("NullAway.Init")
    private Thread thread;

    @BeforeEach
    void open() throws IOException, Shut {
        path = SocketFile.in(folder, 42);
        door = new Door(SocketFile.bind(path), new Peers(Credentials.own().uid()), LIMITS, troubles::add);
        door.answers(this::answer);
        thread = new Thread(door, "door");
        thread.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        door.close();
        thread.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(thread.isAlive()).isFalse();
        assertThat(troubles).isEmpty();
    }

    private void answer(String line, Reply reply) {
        switch (line) {
            case "hold" -> {
                reply.onLeave(left::countDown);
                held.set(reply);
                reply.line("held");
            }
            case "slow" -> {
                reply.within(TimeUnit.MILLISECONDS.toNanos(200));
            }
            case "much" -> {
                for (int i = 0; i < 3000; i++) {
                    reply.line("x".repeat(1000));
                }
                reply.end(Outcome.DONE, "");
            }
            case "throw" -> throw new IllegalStateException("broken");
            default -> {
                reply.line("you said " + line + "\u001b[31m");
                reply.end(Outcome.DONE, "all");
            }
        }
    }

    @Test
    void oneLineInLinesOutTheLastOneTheVerdict() throws IOException {
        assertThat(ask("hello\n")).containsExactly("you said hello [31m", "verdict: done: all");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLineMayComeInPiecesAndEndWithTheStream() throws IOException {
        try (SocketChannel client = connect()) {
            send(client, "hel");
            send(client, "lo");
            client.shutdownOutput();
            assertThat(all(client)).startsWith("you said hello [31m");
        }
    }

    @Test
    void aMegabyteIsNoLineAndIsSaidToBeNone() throws IOException {
        try (SocketChannel client = connect()) {
            try {
                send(client, "x".repeat(1 << 20));
            } catch (IOException closed) {
                // It is not read to its end.
            }
            assertThat(first(client)).isEqualTo("verdict: usage: a line has at most 4096 bytes");
        }
        assertThat(ask("hello\n")).hasSize(2);
    }

    @Test
    void garbageIsAnsweredAndHarmsNobody() throws IOException {
        byte[] garbage = new byte[300];
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) (i == 299 ? '\n' : i * 37 % 256 == '\n' ? 1 : i * 37);
        }
        try (SocketChannel client = connect()) {
            client.write(ByteBuffer.wrap(garbage));
            assertThat(all(client)).last().isEqualTo("verdict: done: all");
        }
    }

    @Test
    void whoSaysNothingIsAskedToAndLetGo() throws IOException {
        try (SocketChannel client = connect()) {
            assertThat(all(client)).singleElement().asString().startsWith("verdict: usage: no line came within");
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsEnded() throws IOException {
        assertThat(ask("slow\n")).singleElement().asString().startsWith("verdict: failed: there was no answer within");
    }

    @Test
    void anAnswerThatFailsIsSaidToHaveFailed() throws IOException {
        assertThat(ask("throw\n")).singleElement().asString().contains("verdict: failed: the answer failed", "broken");
        assertThat(ask("hello\n")).hasSize(2);
    }

    @Test
    void whoDoesNotReadIsLetGoAndHoldsNobodyUp() throws IOException, InterruptedException {
        try (SocketChannel client = connect()) {
            send(client, "hold\n");
            Await.until("the client is held", () -> held.get() != null);
            Reply reply = Objects.requireNonNull(held.get());
            for (int i = 0; i < 5000; i++) {
                reply.line("x".repeat(1000));
            }
            assertThat(ask("hello\n")).hasSize(2);
            assertThat(left.await(30, TimeUnit.SECONDS)).as("it is let go").isTrue();
        }
    }

    @Test
    void whatIsToldBeforeTheProcessEndsIsDelivered() throws IOException {
        try (SocketChannel client = connect()) {
            send(client, "hold\n");
            assertThat(first(client)).isEqualTo("held");
            Reply reply = Objects.requireNonNull(held.get());
            reply.line("last words");
            reply.end(Outcome.PARTIAL, "exiting");
            door.deliver(TimeUnit.SECONDS.toMillis(30));
            client.configureBlocking(false);
            ByteBuffer got = ByteBuffer.allocate(1000);
            int unused = client.read(got);
            assertThat(new String(got.array(), 0, got.position(), StandardCharsets.UTF_8))
                    .isEqualTo("last words\nverdict: partial: exiting\n");
        }
    }

    @Test
    void whatIsNotReadInTimeIsLeftOutAndCounted() throws IOException {
        List<String> lines = ask("much\n");
        assertThat(lines).hasSizeLessThan(3002);
        assertThat(lines.get(lines.size() - 2)).startsWith("reloader: ! ").endsWith("they were not read in time");
        assertThat(lines).last().isEqualTo("verdict: done");
    }

    @Test
    void oneMoreThanThereMayBeIsToldSo() throws IOException {
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                SocketChannel client = connect();
                clients.add(client);
                send(client, "hold\n");
                assertThat(first(client)).isEqualTo("held");
            }
            for (int i = 0; i < 200; i++) {
                try (SocketChannel client = connect()) {
                    assertThat(first(client)).isEqualTo("verdict: refused: 4 others are served; ask again");
                }
            }
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
        Await.until("one of those that are gone makes room", () -> askQuietly().size() == 2);
    }

    @Test
    void aFileOfAProcessThatIsDeadIsReplacedAndOneOfALiveOneIsNot() throws IOException, Shut {
        assertThatThrownBy(() -> SocketFile.bind(path))
                .isInstanceOf(Shut.class)
                .hasMessageContaining("another process");
        Path dead = folder.resolve(SocketFile.name(4_194_304));
        SocketFile.bind(dead).close();
        assertThat(dead).exists();
        SocketFile.bind(dead).close();
        SocketFile.sweep(folder);
        assertThat(dead).doesNotExist();
        assertThat(path).exists();
    }

    @Test
    void aPathThatNoSocketCanHaveIsSaid() {
        assertThatThrownBy(() -> SocketFile.in(Path.of("/tmp/" + "x".repeat(80)), 42))
                .isInstanceOf(Shut.class)
                .hasMessageContaining("too long");
    }

    private List<String> askQuietly() {
        try {
            return ask("hello\n");
        } catch (IOException e) {
            return List.of();
        }
    }

    private List<String> ask(String line) throws IOException {
        try (SocketChannel client = connect()) {
            send(client, line);
            return all(client);
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        client.connect(UnixDomainSocketAddress.of(path));
        return client;
    }

    private static void send(SocketChannel client, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    private static List<String> all(SocketChannel client) throws IOException {
        return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static String first(SocketChannel client) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (client.read(one) > 0 && one.get(0) != '\n') {
            line.append((char) one.get(0));
            one.clear();
        }
        return line.toString();
    }
}
