// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static Sockets sockets;

    @BeforeAll
    static void load() throws NativeUnavailable {
        JffiLibrary.load();
        sockets = Sockets.bind();
    }

    @Test
    void whoHadConnectedIsAcceptedAndWhoComesLaterIsNotHeard() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, loopback());
                Socket early = new Socket(loopback(), server.getLocalPort())) {
            Gate gate = gate(server.getLocalPort());
            assertThat(gate.queued()).isEqualTo(1);
            gate.deafen();

            assertThatThrownBy(() -> connect(server.getLocalPort())).isInstanceOf(SocketTimeoutException.class);
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getPort()).isEqualTo(early.getLocalPort());
                assertThat(gate.queued()).isZero();
                early.getOutputStream().write(7);
                assertThat(accepted.getInputStream().read()).isEqualTo(7);
            }
        }
    }

    @Test
    void aPortIsRefusedOnceItIsShutThoughAThreadIsBlockedInAccept() throws Exception {
        BlockingQueue<Object> accepted = new LinkedBlockingQueue<>();
        ServerSocket server = new ServerSocket(0, 10, loopback());
        Thread acceptor = new Thread(() -> acceptAll(server, accepted));
        try {
            acceptor.start();
            int port = server.getLocalPort();
            new Socket(loopback(), port).close();
            assertThat(accepted.poll(20, TimeUnit.SECONDS)).isInstanceOf(Socket.class);
            Gate gate = gate(port);
            gate.deafen();
            gate.shut();

            assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
            assertThat(acceptor.isAlive()).isTrue();
            assertThat(accepted).allMatch(Socket.class::isInstance);
        } finally {
            server.close();
        }
        acceptor.join(20_000);
        assertThat(acceptor.isAlive())
                .as("closing it wakes the acceptor as ever")
                .isFalse();
    }

    @Test
    void aSelectorsServerGoesOnAsIfNobodyCame() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(loopback(), 0));
            server.configureBlocking(false);
            int port = server.socket().getLocalPort();
            Gate gate = gate(port);
            gate.deafen();
            gate.shut();

            assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
            assertThat(server.accept()).isNull();
            assertThat(server.isOpen()).isTrue();
        }
    }

    @Test
    void oneThatTheApplicationHasClosedIsLeftAlone() throws Exception {
        ServerSocket server = new ServerSocket(0, 10, loopback());
        Gate gate = gate(server.getLocalPort());
        gate.deafen();
        server.close();
        try (ServerSocket other = new ServerSocket(0, 10, loopback())) {
            gate.shut();
            new Socket(loopback(), other.getLocalPort()).close();
            assertThat(other.accept().isConnected()).isTrue();
        }
    }

    @Test
    void tellsWhichWayDataWentLast() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, loopback());
                Socket client = new Socket(loopback(), server.getLocalPort());
                Socket accepted = server.accept()) {
            int descriptor = descriptor(server.getLocalPort(), client.getLocalPort());
            client.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(accepted.getInputStream().read()).isEqualTo(1);
            assertThat(sockets.unread(descriptor)).isEqualTo(2);
            TcpInfo asked = info(descriptor);
            assertThat(asked.open()).isTrue();
            assertThat(asked.segmentsIn()).isEqualTo(1);
            assertThat(asked.segmentsOut()).isZero();
            assertThat(asked.received()).isLessThanOrEqualTo(asked.sent());

            assertThat(accepted.getInputStream().readNBytes(2)).hasSize(2);
            accepted.getOutputStream().write(4);
            assertThat(client.getInputStream().read()).isEqualTo(4);
            TcpInfo answered = info(descriptor);
            assertThat(answered.segmentsOut()).isEqualTo(1);
            assertThat(answered.sent()).isLessThanOrEqualTo(answered.received());

            sockets.endAnswers(descriptor);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(info(descriptor).open()).isFalse();
        }
    }

    private static TcpInfo info(int descriptor) {
        return Objects.requireNonNull(sockets.info(descriptor));
    }

    /** Of the one that accepted it. */
    private static int descriptor(int port, int ofClient) {
        for (int each : sockets.descriptors()) {
            TcpInfo info = sockets.info(each);
            if (info != null && info.open() && sockets.port(each) == port) {
                return each;
            }
        }
        throw new AssertionError("no connection from " + ofClient);
    }

    private static Gate gate(int port) {
        for (int each : sockets.descriptors()) {
            Listener listener = sockets.listener(each);
            if (listener != null && listener.port() == port) {
                return new Gate(sockets, listener);
            }
        }
        throw new AssertionError("nobody listens on " + port);
    }

    private static void acceptAll(ServerSocket server, BlockingQueue<Object> accepted) {
        while (true) {
            try {
                accepted.add(server.accept());
            } catch (IOException e) {
                if (!server.isClosed()) {
                    accepted.add(e);
                }
                return;
            }
        }
    }

    private static void connect(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), 300);
        }
    }

    /** IPv4, as the JVM may prefer the other. */
    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(LOOPBACK);
    }
}
