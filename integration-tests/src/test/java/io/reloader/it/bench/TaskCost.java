// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one pool costs per task: a single worker works off a queue that was filled before, and reads its own CPU clock
 * and allocation counter at both ends. Run in a JVM of its own, with the agent or without: {@code TaskCost <pool>
 * [early]}. Waits for a byte on standard input, by when the agent is armed; {@code early}: its worker runs already.
 * Prints {@code <nanoseconds per task> <bytes per task>} of its best round.
 */
public final class TaskCost {
    private static final int TASKS = 400_000;
    private static final int ROUNDS = 12;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private TaskCost() {}

    public static void main(String[] args) throws Exception {
        boolean early = args.length > 1 && args[1].equals("early");
        Executor pool = early ? pool(args[0]) : null;
        if (pool != null) {
            round(pool);
        }
        System.out.println("ready");
        System.in.read();
        if (pool == null) {
            pool = pool(args[0]);
        }
        double nanos = Double.MAX_VALUE;
        double bytes = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            Round round = round(pool);
            nanos = Math.min(nanos, (double) round.nanos() / TASKS);
            bytes = Math.min(bytes, (double) round.bytes() / TASKS);
        }
        System.out.println(nanos + " " + bytes);
        System.exit(0);
    }

    private record Round(long nanos, long bytes) {}

    private static Round round(Executor pool) throws InterruptedException {
        CountDownLatch filled = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicLong nanos = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        pool.execute(() -> {
            await(filled);
            bytes.addAndGet(
                    -THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()));
            nanos.addAndGet(-THREADS.getCurrentThreadCpuTime());
        });
        Runnable nothing = () -> {};
        for (int i = 0; i < TASKS; i++) {
            pool.execute(nothing);
        }
        pool.execute(() -> {
            nanos.addAndGet(THREADS.getCurrentThreadCpuTime());
            bytes.addAndGet(
                    THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()));
            done.countDown();
        });
        filled.countDown();
        done.await();
        return new Round(nanos.get(), bytes.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Pools of libraries by reflection: each is on the class path of its own run only. */
    private static Executor pool(String kind) throws ReflectiveOperationException {
        return switch (kind) {
            case "ThreadPoolExecutor" -> new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
            case "ForkJoinPool" -> new ForkJoinPool(1, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
            case "TomcatThreadPoolExecutor" ->
                Class.forName("org.apache.tomcat.util.threads.ThreadPoolExecutor")
                        .asSubclass(Executor.class)
                        .getConstructor(int.class, int.class, long.class, TimeUnit.class, BlockingQueue.class)
                        .newInstance(1, 1, 0L, TimeUnit.SECONDS, new LinkedBlockingQueue<Runnable>());
            case "EnhancedQueueExecutor" -> enhancedQueue();
            case "QueuedThreadPool" -> jetty();
            case "NettyEventLoop" -> new OneTaskEachTurn(netty());
            default -> throw new IllegalArgumentException("unknown pool " + kind);
        };
    }

    private static Executor enhancedQueue() throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.jboss.threads.EnhancedQueueExecutor$Builder");
        Object builder = type.getConstructor().newInstance();
        type.getMethod("setCorePoolSize", int.class).invoke(builder, 1);
        type.getMethod("setMaximumPoolSize", int.class).invoke(builder, 1);
        return (Executor) type.getMethod("build").invoke(builder);
    }

    private static Executor jetty() throws ReflectiveOperationException {
        Class<? extends Executor> type =
                Class.forName("org.eclipse.jetty.util.thread.QueuedThreadPool").asSubclass(Executor.class);
        Executor pool = type.getConstructor(int.class, int.class).newInstance(1, 1);
        type.getMethod("setReservedThreads", int.class).invoke(pool, 0);
        type.getMethod("start").invoke(pool);
        return pool;
    }

    private static ScheduledExecutorService netty() throws ReflectiveOperationException {
        Object transport = Class.forName("io.netty.channel.nio.NioIoHandler")
                .getMethod("newFactory")
                .invoke(null);
        return Class.forName("io.netty.channel.MultiThreadIoEventLoopGroup")
                .asSubclass(ScheduledExecutorService.class)
                .getConstructor(int.class, Class.forName("io.netty.channel.IoHandlerFactory"))
                .newInstance(1, transport);
    }

    /** An event loop runs what is due now in its next turn, and what is queued all in one. */
    private static final class OneTaskEachTurn implements Executor {
        private final ScheduledExecutorService loop;
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();
        private final Runnable turn = this::turn;

        OneTaskEachTurn(ScheduledExecutorService loop) {
            this.loop = loop;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            if (waiting.getAndIncrement() == 0) {
                next();
            }
        }

        private void turn() {
            tasks.remove().run();
            if (waiting.decrementAndGet() > 0) {
                next();
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored")
        private void next() {
            loop.schedule(turn, 0, TimeUnit.NANOSECONDS);
        }
    }
}
