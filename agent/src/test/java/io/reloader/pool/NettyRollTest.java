// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.reloader.control.Drain;
import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NettyRollTest {
    private static final long PATIENCE = 5_000;

    private final List<EventLoopGroup> toEnd = new ArrayList<>();

    @AfterEach
    void endLoops() {
        for (EventLoopGroup each : toEnd) {
            assertThat(each.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10_000))
                    .as("loops end")
                    .isTrue();
        }
    }

    @Test
    void idleLoopsWithAndWithoutConnectionsGetNewThreads() throws Exception {
        EventLoopGroup boss = group(1, "boss-", NioIoHandler.newFactory());
        EventLoopGroup loops = group(2, "loop-", NioIoHandler.newFactory());
        try (NettyEcho echo = new NettyEcho(boss, loops, NioServerSocketChannel.class);
                RollingJvm jvm = new RollingJvm()) {
            echo.keepAlive(2);
            Await.until("both loops serve", () -> echo.served.size() == 2);
            Set<Thread> before = Set.copyOf(echo.served);
            Roll roll = jvm.roll(Role.WORKER, PATIENCE);
            assertThat(states(roll, "loop")).singleElement().satisfies(each -> {
                assertThat(each.complete()).isTrue();
                assertThat(each.workers()).isEqualTo(2);
            });
            assertThat(states(roll, "boss")).singleElement().matches(PoolState::complete);
            assertThat(before).noneMatch(Thread::isAlive);
            echo.served.clear();
            Await.until("both loops serve again", () -> echo.served.size() == 2);
            assertThat(echo.served).doesNotContainAnyElementsOf(before);
            assertThat(echo.wrong).isEmpty();
        }
    }

    @Test
    void connectionsOnNioLoseNothingWhileLoopsAreRolledOnAndOn() throws Exception {
        EventLoopGroup boss = group(1, "boss-", NioIoHandler.newFactory());
        EventLoopGroup loops = group(2, "loop-", NioIoHandler.newFactory());
        assertThatEchoesSurvive(new NettyEcho(boss, loops, NioServerSocketChannel.class));
    }

    @Test
    void connectionsOnEpollLoseNothingWhileLoopsAreRolledOnAndOn() throws Exception {
        Epoll.ensureAvailability();
        EventLoopGroup boss = group(1, "boss-", EpollIoHandler.newFactory());
        EventLoopGroup loops = group(2, "loop-", EpollIoHandler.newFactory());
        assertThatEchoesSurvive(new NettyEcho(boss, loops, EpollServerSocketChannel.class));
    }

    private static void assertThatEchoesSurvive(NettyEcho echo) throws InterruptedException {
        long rolled;
        try (echo;
                RollingJvm jvm = new RollingJvm()) {
            jvm.startRolling();
            echo.keepAlive(3);
            echo.comeAndGo();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Integer.getInteger("stress.millis", 1_500));
            Await.until("time is up", () -> System.nanoTime() - end > 0);
            echo.endClients();
            rolled = jvm.stopRolling();
        }
        assertThat(echo.wrong).isEmpty();
        assertThat(echo.echoes).as("echoes").hasValueGreaterThan(100);
        assertThat(rolled).as("loops moved").isGreaterThan(20);
    }

    @Test
    void loopWhoseFactoryFailsKeepsItsThreadAndServesOn() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        ThreadFactory good = named("broken-");
        EventLoopGroup loops = group(
                2,
                worker -> {
                    if (broken.get()) {
                        refused.incrementAndGet();
                        throw new IllegalStateException("no more threads");
                    }
                    return good.newThread(worker);
                },
                NioIoHandler.newFactory());
        List<Thread> before = threads(loops);
        try (RollingJvm jvm = new RollingJvm()) {
            broken.set(true);
            Roll roll = jvm.roll(Role.WORKER, PATIENCE);
            jvm.advance(roll, 50);
            assertThat(states(roll, "broken")).singleElement().satisfies(each -> {
                assertThat(each.trouble()).startsWith("its thread factory threw");
                assertThat(each.rolled()).isZero();
            });
            assertThat(refused).hasValue(1);
            assertThat(threads(loops)).isEqualTo(before);
            broken.set(false);
            roll.close();
            assertThat(states(jvm.roll(Role.WORKER, PATIENCE), "broken"))
                    .singleElement()
                    .matches(PoolState::complete);
            assertThat(threads(loops)).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void loopInALongTurnIsLeftAloneUntilTheTurnEnds() throws Exception {
        EventLoopGroup loops = group(1, "busy-", NioIoHandler.newFactory());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        loops.execute(() -> {
            begun.countDown();
            awaitQuietly(release);
        });
        begun.await();
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, 100);
            assertThat(roll.finished()).isFalse();
            assertThat(roll.behind())
                    .singleElement()
                    .matches(each -> each.pool().startsWith("busy"));
            Drain drain = jvm.pools.drain();
            assertThat(drain.idle()).isFalse();
            assertThat(drain.busy()).anyMatch(each -> each.pool().startsWith("busy"));
            release.countDown();
            jvm.advance(roll, PATIENCE);
            assertThat(states(roll, "busy")).singleElement().matches(PoolState::complete);
            Await.until("the drain finds no work", drain::idle);
        }
    }

    @Test
    void timersNeitherGetLostNorComeEarlyNorTwice() throws Exception {
        EventLoopGroup loops = group(2, "timed-", NioIoHandler.newFactory());
        AtomicInteger ticks = new AtomicInteger();
        AtomicInteger early = new AtomicInteger();
        AtomicInteger shots = new AtomicInteger();
        List<ScheduledFuture<?>> ticking = new ArrayList<>();
        int timers = 400;
        try (RollingJvm jvm = new RollingJvm()) {
            jvm.startRolling();
            for (EventExecutor loop : loops) {
                ticking.add(loop.scheduleAtFixedRate(ticks::incrementAndGet, 5, 5, TimeUnit.MILLISECONDS));
            }
            long begun = System.nanoTime();
            for (int i = 0; i < timers; i++) {
                long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(i);
                ticking.add(loops.schedule(
                        () -> {
                            if (System.nanoTime() - due < 0) {
                                early.incrementAndGet();
                            }
                            shots.incrementAndGet();
                        },
                        i,
                        TimeUnit.MILLISECONDS));
            }
            Await.until("each timer has fired", () -> shots.get() >= timers);
            long ended = System.nanoTime();
            Await.until("the tickers have kept up", () -> ticks.get() >= 2 * ((ended - begun) / 5_000_000 - 4));
            assertThat(ticks.get()).isLessThanOrEqualTo(2 * (int) ((System.nanoTime() - begun) / 5_000_000 + 2));
            ticking.forEach(each -> each.cancel(false));
            jvm.stopRolling();
        }
        assertThat(shots).hasValue(timers);
        assertThat(early).hasValue(0);
    }

    @Test
    void loopShutDownInTheMiddleOfMovesEndsAndRunsWhatItAccepted() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            jvm.startRolling();
            for (int i = 0; i < 60; i++) {
                NettyLoad load =
                        new NettyLoad(new MultiThreadIoEventLoopGroup(2, named("short-"), NioIoHandler.newFactory()));
                assertThat(load.cutShort(1 + i % 7, i % 3 == 0))
                        .as("shutdown %s", i)
                        .isEmpty();
            }
            jvm.stopRolling();
        }
    }

    @Test
    void tasksOfEachLoopRunOnceAndInOrderWhileItIsRolledOnAndOn() throws Exception {
        long rolled;
        try (RollingJvm jvm = new RollingJvm()) {
            jvm.startRolling();
            NettyLoad load =
                    new NettyLoad(new MultiThreadIoEventLoopGroup(2, named("tasks-"), NioIoHandler.newFactory()));
            assertThat(load.steady(Integer.getInteger("stress.millis", 1_500))).isEmpty();
            rolled = jvm.stopRolling();
        }
        assertThat(rolled).as("loops moved").isGreaterThan(20);
    }

    @Test
    void loopThatIsSuspendedOrNeverStartedIsNotWoken() throws Exception {
        EventLoopGroup loops = group(2, "asleep-", NioIoHandler.newFactory());
        List<SingleThreadIoEventLoop> all = new ArrayList<>();
        loops.forEach(each -> all.add((SingleThreadIoEventLoop) each));
        Thread awake = all.get(0).submit(Thread::currentThread).get();
        Thread asleep = all.get(1).submit(Thread::currentThread).get();
        assertThat(all.get(1).trySuspend()).isTrue();
        Await.until("the loop is suspended", () -> !asleep.isAlive());
        try (RollingJvm jvm = new RollingJvm()) {
            assertThat(states(jvm.roll(Role.WORKER, PATIENCE), "asleep"))
                    .singleElement()
                    .matches(PoolState::complete)
                    .matches(each -> each.workers() == 1);
            assertThat(awake.isAlive()).isFalse();
            assertThat(all.get(1).isSuspended()).isTrue();
            assertThat(all.get(0).isSuspended()).isFalse();
            assertThat(all.get(1).submit(Thread::currentThread).get()).isNotSameAs(asleep);
        }
    }

    @Test
    void loopsThatMustKeepTheirThreadArePinnedAndSaySo() throws Exception {
        EventLoopGroup bound = group(1, "bound-", new BoundToItsThread(NioIoHandler.newFactory()));
        EventLoopGroup foreign = kept(new MultiThreadIoEventLoopGroup(
                1, (Executor) task -> new Thread(task, "foreign-1").start(), NioIoHandler.newFactory()));
        List<Thread> before = new ArrayList<>(threads(bound));
        before.addAll(threads(foreign));
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, PATIENCE);
            assertThat(states(roll, "bound")).singleElement().satisfies(each -> {
                assertThat(each.pinned().workers()).isEqualTo(1);
                assertThat(each.pinned().why()).contains("transport");
            });
            assertThat(states(roll, "foreign"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.pinned().why()).contains("executor"));
            List<Thread> now = new ArrayList<>(threads(bound));
            now.addAll(threads(foreign));
            assertThat(now).isEqualTo(before);
        }
    }

    private EventLoopGroup group(int size, String prefix, IoHandlerFactory handlers) throws Exception {
        return group(size, named(prefix), handlers);
    }

    private EventLoopGroup group(int size, ThreadFactory factory, IoHandlerFactory handlers) throws Exception {
        return kept(new MultiThreadIoEventLoopGroup(size, factory, handlers));
    }

    /** With all its threads. */
    private EventLoopGroup kept(EventLoopGroup group) throws Exception {
        toEnd.add(group);
        assertThat(threads(group)).isNotEmpty();
        return group;
    }

    private static List<Thread> threads(EventLoopGroup group) throws Exception {
        List<Thread> all = new ArrayList<>();
        for (EventExecutor each : group) {
            all.add(each.submit(Thread::currentThread).get(5, TimeUnit.SECONDS));
        }
        return all;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return worker -> new Thread(worker, prefix + number.incrementAndGet());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<PoolState> states(Roll roll, String name) {
        return roll.pools().stream()
                .filter(each -> each.name().startsWith(name))
                .toList();
    }

    /** As io_uring's. */
    private record BoundToItsThread(IoHandlerFactory handlers) implements IoHandlerFactory {
        @Override
        public IoHandler newHandler(ThreadAwareExecutor executor) {
            return handlers.newHandler(executor);
        }

        @Override
        public boolean isChangingThreadSupported() {
            return false;
        }
    }
}
