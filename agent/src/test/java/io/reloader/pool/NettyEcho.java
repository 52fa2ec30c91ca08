// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A server on Netty that sends back what it gets, and clients that keep their connections and count. */
final class NettyEcho implements AutoCloseable {
    final AtomicLong echoes = new AtomicLong();
    final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    final Set<Thread> served = ConcurrentHashMap.newKeySet();
    private final Channel server;
    private final List<Thread> clients = new ArrayList<>();
    /** Set by the test; read by the clients. */
    private volatile boolean ended;

    NettyEcho(EventLoopGroup boss, EventLoopGroup loops, Class<? extends ServerChannel> type)
            throws InterruptedException {
        server = new ServerBootstrap()
                .group(boss, loops)
                .channel(type)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Echo());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        socket.connect(server.localAddress());
        return socket;
    }

    void keepAlive(int count) {
        for (int i = 0; i < count; i++) {
            start(() -> {
                try (Socket socket = connect()) {
                    for (long n = 0; !ended; n++) {
                        echo(socket, n);
                    }
                }
            });
        }
    }

    /** A new connection for each echo, so that the acceptor works, too. */
    void comeAndGo() {
        start(() -> {
            for (long n = 0; !ended; n++) {
                try (Socket socket = connect()) {
                    echo(socket, n);
                }
            }
        });
    }

    private void echo(Socket socket, long number) throws IOException {
        new DataOutputStream(socket.getOutputStream()).writeLong(number);
        long back = new DataInputStream(socket.getInputStream()).readLong();
        if (back != number) {
            wrong.add("sent " + number + " and got " + back);
        }
        echoes.incrementAndGet();
    }

    private void start(Client client) {
        Thread thread = new Thread(
                () -> {
                    try {
                        client.run();
                    } catch (IOException e) {
                        wrong.add(e.toString());
                    }
                },
                "echo-client-" + clients.size());
        clients.add(thread);
        thread.start();
    }

    void endClients() throws InterruptedException {
        ended = true;
        for (Thread each : clients) {
            each.join(15_000);
        }
    }

    @Override
    public void close() {
        ended = true;
        if (!server.close().awaitUninterruptibly(10_000)) {
            throw new AssertionError("the server's channel does not close");
        }
    }

    private interface Client {
        void run() throws IOException;
    }

    private final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            served.add(Thread.currentThread());
            if (!context.executor().inEventLoop()) {
                wrong.add("a handler ran outside its loop");
            }
            ChannelFuture ignored = context.writeAndFlush(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            wrong.add("the server caught " + cause);
        }
    }
}
