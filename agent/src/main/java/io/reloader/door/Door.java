// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Serves all clients of the socket on one thread, {@code reloader-socket}, which waits for none of them. As an executor
 * it has others' work done on that thread.
 */
final class Door implements Runnable, Executor, AutoCloseable {
    private static final long PULSE_MILLIS = 100;
    private static final long LOOK_MILLIS = 1000;
    /** After a failure to accept, such as one for want of descriptors. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ServerSocketChannel server;
    private final Peers peers;
    private final Consumer<String> trouble;
    private final Limits limits;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Client> clients = new ArrayList<>();
    private BiConsumer<String, Reply> answers = (line, reply) -> {};
    private final List<CountDownLatch> deliveries = new ArrayList<>();
    private long pausedAt;
    private boolean paused;

    Door(ServerSocketChannel server, Peers peers, Limits limits, Consumer<String> trouble) throws IOException {
        this.server = server;
        this.peers = peers;
        this.limits = limits;
        this.trouble = trouble;
        this.selector = Selector.open();
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Who answers lines, on the socket's thread; to be told before it runs. */
    void answers(BiConsumer<String, Reply> who) {
        answers = who;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Returns once every client has been sent what there is for it, or when this time has passed. */
    void deliver(long millis) {
        CountDownLatch delivered = new CountDownLatch(1);
        execute(() -> deliveries.add(delivered));
        try {
            boolean unused = delivered.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (selector.isOpen()) {
                turn();
            }
        } catch (ClosedSelectorException e) {
            // By close().
            return;
        } catch (IOException | RuntimeException | Error e) {
            trouble.accept("the command socket is closed: " + e + "; signals work on; please report it");
        } finally {
            new ArrayList<>(clients).forEach(this::drop);
            close();
        }
    }

    private void turn() throws IOException {
        selector.select(timeout());
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.channel() == server) {
                accept();
            } else if (key.isValid() && key.isReadable() && key.attachment() instanceof Client client) {
                read(client);
            }
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        for (Client client : new ArrayList<>(clients)) {
            serve(client, now);
        }
        if (clients.stream().noneMatch(Client::owes)) {
            deliveries.forEach(CountDownLatch::countDown);
            deliveries.clear();
        }
        if (paused && now - pausedAt > PAUSE_NANOS) {
            paused = false;
            server.keyFor(selector).interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    /** For ever while there is no client. */
    private long timeout() {
        if (paused || clients.stream().anyMatch(client -> client.reply().pulses())) {
            return PULSE_MILLIS;
        }
        return clients.isEmpty() ? 0 : LOOK_MILLIS;
    }

    private void accept() {
        try {
            for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                enter(channel);
            }
        } catch (IOException e) {
            paused = true;
            pausedAt = System.nanoTime();
            server.keyFor(selector).interestOps(0);
        }
    }

    private void enter(SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            boolean welcome = peers.welcomes(channel);
            Reply reply = new Reply(selector::wakeup);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Client client = new Client(channel, key, reply, limits, System.nanoTime());
            key.attach(client);
            if (welcome && clients.size() >= limits.clients()) {
                clients.stream().filter(Client::silent).findFirst().ifPresent(this::drop);
            }
            if (!welcome || clients.size() >= limits.clients()) {
                reply.end(
                        "refused",
                        welcome
                                ? limits.clients() + " others are served; ask again"
                                : "this process belongs to another user; ask as that user, or as root");
                client.write(System.nanoTime());
                client.close();
            } else {
                clients.add(client);
            }
        } catch (IOException e) {
            channel.close();
        }
    }

    private void read(Client client) {
        try {
            String line = client.read(System.nanoTime());
            if (line != null) {
                answers.accept(line, client.reply());
            }
        } catch (IOException e) {
            drop(client);
        } catch (RuntimeException | Error e) {
            client.reply().end("failed", "the answer failed: " + e + "; please report it");
        }
    }

    private void serve(Client client, long now) {
        try {
            client.reply().pulse();
            if (client.write(now) || client.late(now)) {
                drop(client);
            }
        } catch (IOException e) {
            drop(client);
        }
    }

    private void drop(Client client) {
        if (clients.remove(client)) {
            client.close();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            selector.close();
        } catch (IOException e) {
            // Nobody can be told.
            return;
        }
    }
}
