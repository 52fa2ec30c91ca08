// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * A server of no known kind, which keeps its connections: a thread for each, a pool's thread for each, a virtual thread
 * for each, or one selector; or a thread for each, which accepts nobody until it is told to.
 */
public final class PlainServer {
    /** What it answers to everything that ends with an empty line. */
    public static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n";

    private static final CountDownLatch ACCEPT = new CountDownLatch(1);

    private PlainServer() {}

    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
        if (args[0].equals("selector")) {
            select();
            return;
        }
        Executor executor = executor(args[0]);
        ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        System.out.println("listening on " + server.getLocalPort());
        if (args[0].equals("held")) {
            new Thread(PlainServer::obey).start();
            ACCEPT.await();
        }
        while (true) {
            Socket socket = server.accept();
            executor.execute(() -> serve(socket));
        }
    }

    private static void obey() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            in.readLine();
            ACCEPT.countDown();
        } catch (IOException e) {
            System.out.println("trouble: " + e);
        }
    }

    private static Executor executor(String kind) throws ReflectiveOperationException {
        return switch (kind) {
            case "pool" -> Executors.newCachedThreadPool();
            case "virtual" ->
                (Executor) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            default -> work -> new Thread(work).start();
        };
    }

    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            int last = 0;
            for (int c = in.read(); c >= 0; c = in.read()) {
                // The four bytes of an empty line.
                last = (last << 8) | c;
                if (last == 0x0D0A0D0A) {
                    socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            System.out.println("trouble: " + e);
        }
    }

    private static void select() throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        System.out.println("listening on " + server.socket().getLocalPort());
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (true) {
            selector.select();
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isAcceptable()) {
                    accept(server, selector);
                } else {
                    answer((SocketChannel) key.channel(), buffer);
                }
            }
        }
    }

    private static void accept(ServerSocketChannel server, Selector selector) throws IOException {
        SocketChannel channel = server.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    /** Requests are small and come in one piece. */
    private static void answer(SocketChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            channel.close();
        } else {
            channel.write(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
