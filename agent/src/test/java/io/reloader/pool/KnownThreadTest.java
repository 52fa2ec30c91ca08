// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.h2.server.TcpServerThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relocated.io.netty.util.concurrent.SingleThreadEventExecutor;

final class KnownThreadTest {
    private final List<Runnable> ends = new ArrayList<>();

    @AfterEach
    void endThreads() {
        ends.forEach(Runnable::run);
    }

    @Test
    void relocatedEventLoopsAreOnePinnedPoolOfTheirGroupAndAreNeverWaitedFor() {
        Object group = new Object();
        loop(group, "loop-1");
        loop(group, "loop-2");
        loop(new Object(), "other-loop-1");
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, 5_000);
            assertThat(state(roll, "loop")).satisfies(each -> {
                assertThat(each.workers()).isEqualTo(2);
                assertThat(each.pinned().workers()).isEqualTo(2);
                assertThat(each.pinned().why())
                        .isEqualTo("Netty event loops keep their thread; they take the new code with their next turn");
                assertThat(each.complete()).isTrue();
            });
            assertThat(state(roll, "other-loop").workers()).isEqualTo(1);
            assertThat(roll.finished()).isTrue();
            assertThat(roll.behind()).isEmpty();
        }
    }

    @Test
    void aTimerIsPinnedAndRunsBackgroundWork() {
        Timer timer = new Timer("beat-1", true);
        ends.add(timer::cancel);
        try (RollingJvm jvm = new RollingJvm()) {
            assertThat(info(jvm, "beat").role()).isEqualTo(Role.TASK);
            assertThat(state(jvm.roll(Role.TASK, 5_000), "beat").pinned().workers())
                    .isEqualTo(1);
        }
    }

    @Test
    void theExecutorThatAServerHoldsServesRequestsHoweverItIsWrappedAndNamed() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, "my-timer-1"));
        ends.add(pool::shutdownNow);
        pool.submit(() -> {}).get();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService wrapped = Executors.unconfigurableExecutorService(pool);
        Executor twice = task -> wrapped.execute(task);
        server.setExecutor(twice);
        server.start();
        ends.add(() -> server.stop(0));
        try (RollingJvm jvm = new RollingJvm()) {
            PoolInfo info = info(jvm, "my-timer");
            assertThat(info.role()).isEqualTo(Role.WORKER);
            assertThat(info.reason())
                    .startsWith("the server of thread HTTP-Dispatcher")
                    .endsWith("executes its requests there");
            assertThat(info(jvm, "HTTP-Dispatcher").role()).isEqualTo(Role.WORKER);
        }
    }

    @Test
    void aThreadPerConnectionIsWaitedForUntilItsConnectionEnds() throws Exception {
        Object server = new Object();
        TcpServerThread first = connect(server, "h2 connection-1");
        TcpServerThread second = connect(server, "h2 connection-2");
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, 50);
            assertThat(state(roll, "h2 connection")).satisfies(each -> {
                assertThat(each.fresh()).isTrue();
                assertThat(each.workers()).isEqualTo(2);
                assertThat(each.rolled()).isZero();
            });
            assertThat(roll.behind())
                    .filteredOn(each -> each.pool().equals("h2 connection"))
                    .hasSize(2)
                    .allMatch(each -> each.nanos() > 0);
            TcpServerThread third = connect(server, "h2 connection-3");
            first.close();
            second.close();
            jvm.advance(roll, 5_000);
            assertThat(roll.finished()).as("without the one that came later").isTrue();
            assertThat(state(roll, "h2 connection").rolled()).isEqualTo(2);
            third.close();
        }
    }

    @Test
    void aConnectionThatWaitsForItsNextRequestIsWaitedForNoLonger() throws Exception {
        TcpServerThread connection = connect(new Object(), "kept connection-1");
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, 50);
            assertThat(state(roll, "kept connection").rolled()).isZero();
            assertThat(jvm.pools.drain().busy())
                    .extracting(each -> each.thread())
                    .contains("kept connection-1");
            connection.answered();
            jvm.advance(roll, 5_000);
            assertThat(state(roll, "kept connection").rolled()).isEqualTo(1);
            assertThat(jvm.pools.drain().busy())
                    .extracting(each -> each.thread())
                    .doesNotContain("kept connection-1");
        }
    }

    @Test
    void aTurnThatRunsTheApplicationsCodeHoldsTheDrainUp() throws Exception {
        Timer timer = new Timer("drained-1", true);
        ends.add(timer::cancel);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        begun.countDown();
                        awaitQuietly(release);
                    }
                },
                0);
        begun.await();
        try (RollingJvm jvm = new RollingJvm()) {
            assertThat(jvm.pools.drain().busy())
                    .extracting(each -> each.thread())
                    .contains("drained-1");
            release.countDown();
            Await.until(
                    "the timer waits for its next task",
                    () -> jvm.pools.drain().busy().stream()
                            .noneMatch(each -> each.thread().equals("drained-1")));
        }
    }

    @Test
    void aGroupThatTheApplicationDropsIsCollected() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            WeakReference<Object> dropped = seenAndDropped(jvm);
            Await.until("the group is collected", () -> {
                System.gc();
                return dropped.get() == null;
            });
        }
    }

    private static WeakReference<Object> seenAndDropped(RollingJvm jvm) throws InterruptedException {
        Object group = new Object();
        Thread thread = new SingleThreadEventExecutor(group).start("dropped-loop-1");
        assertThat(info(jvm, "dropped-loop").workers()).isEqualTo(1);
        jvm.roll(Role.WORKER, 5_000);
        thread.interrupt();
        thread.join();
        return new WeakReference<>(group);
    }

    private void loop(Object group, String name) {
        Thread thread = new SingleThreadEventExecutor(group).start(name);
        ends.add(thread::interrupt);
    }

    private TcpServerThread connect(Object server, String name) {
        TcpServerThread connection = new TcpServerThread(server);
        new Thread(connection, name).start();
        ends.add(connection::close);
        return connection;
    }

    private static PoolInfo info(RollingJvm jvm, String name) {
        return jvm.pools.list().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static PoolState state(Roll roll, String name) {
        return roll.pools().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
