// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A selector that lost its thread would show as a hanging stop. */
@Timeout(120)
final class JettyServerTest {
    private static final long LOAD = TimeUnit.MILLISECONDS.toNanos(Integer.getInteger("stress.jetty.millis", 2_000));
    private static final int ENOUGH = 600;
    private static final int CLIENTS = 6;

    private final QueuedThreadPool pool = new QueuedThreadPool(16, 8);
    private final Server server = new Server(pool);
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final AtomicInteger interrupted = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final List<String> failures = new ArrayList<>();
    private volatile boolean loaded = true;

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Answering());
        server.start();
    }

    @Test
    void rollingUnderKeepAliveLoadFailsNoRequest() throws Exception {
        long rolled;
        start();
        List<Thread> first = JettyThreads.of(pool);
        try (RollingJvm jvm = new RollingJvm()) {
            jvm.startRolling();
            load();
            rolled = jvm.stopRolling();
        }
        assertThat(failures).isEmpty();
        assertThat(interrupted).as("interrupts seen").hasValue(0);
        assertThat(served).hasValueGreaterThan(500);
        assertThat(rolled).as("workers replaced").isGreaterThan(20);
        assertThat(first).filteredOn(Thread::isAlive).map(Thread::getName).allMatch(name -> name.contains("acceptor"));
    }

    @Test
    void idleServerIsRolledButForItsAcceptorAndServesOn() throws Exception {
        start();
        loaded = false;
        try (KeepAliveClient client = new KeepAliveClient(connector.getLocalPort())) {
            assertThat(client.get()).isEqualTo("ok");
            List<Thread> first = JettyThreads.of(pool);
            try (RollingJvm jvm = new RollingJvm()) {
                Roll roll = jvm.roll(Role.WORKER, 10_000);
                assertThat(roll.finished())
                        .as("%s, behind %s", roll.pools(), roll.behind())
                        .isTrue();
                assertThat(roll.pools())
                        .filteredOn(state -> state.name().equals(pool.getName()))
                        .singleElement()
                        .matches(PoolState::complete)
                        .matches(state -> state.pinned().workers() == 1);
                roll.close();
                assertThat(client.get()).isEqualTo("ok");
            }
            assertThat(first)
                    .filteredOn(Thread::isAlive)
                    .map(Thread::getName)
                    .allMatch(name -> name.contains("acceptor"));
        }
    }

    private void load() throws InterruptedException {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            Thread client = new Thread(() -> client(number), "client");
            client.start();
            clients.add(client);
        }
        for (Thread each : clients) {
            each.join();
        }
    }

    private void client(int number) {
        long start = System.nanoTime();
        try (KeepAliveClient client = new KeepAliveClient(connector.getLocalPort())) {
            while (System.nanoTime() - start < LOAD
                    || (served.get() < ENOUGH && System.nanoTime() - start < 10 * LOAD)) {
                if (!client.get().equals("ok")) {
                    throw new IllegalStateException("wrong answer");
                }
                served.incrementAndGet();
                LockSupport.parkNanos(number * 200_000L);
            }
        } catch (Exception e) {
            synchronized (failures) {
                failures.add(e.toString());
            }
        }
    }

    private final class Answering extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (Thread.currentThread().isInterrupted()) {
                interrupted.incrementAndGet();
            }
            if (loaded && served.get() % 5 == 0) {
                LockSupport.parkNanos(2_000_000);
            }
            if (Thread.interrupted()) {
                interrupted.incrementAndGet();
            }
            response.write(true, ByteBuffer.wrap("ok".getBytes(StandardCharsets.US_ASCII)), callback);
            return true;
        }
    }
}
