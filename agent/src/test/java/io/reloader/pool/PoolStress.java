// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Executors of every shape under load while somebody else rolls them. Knows nothing of the roller, so it can run in any
 * JVM: {@code PoolStress <milliseconds per shape> [signals]}; with {@code signals} it asks for rolls by SIGUSR1 and
 * SIGUSR2. Prints one line for each shape and violation; exit code 1 if there was a violation.
 */
final class PoolStress {
    private final long millis;
    private final List<String> violations = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();

    PoolStress(long millis) {
        this.millis = millis;
    }

    public static void main(String[] args) throws Exception {
        PoolStress stress = new PoolStress(Long.parseLong(args[0]));
        if (args.length > 1 && args[1].equals("signals")) {
            Thread signaller = new Thread(PoolStress::signal, "signaller");
            signaller.setDaemon(true);
            signaller.start();
        }
        stress.all();
        stress.facts.forEach(System.out::println);
        stress.violations.forEach(each -> System.out.println("violation: " + each));
        System.exit(stress.violations.isEmpty() ? 0 : 1);
    }

    private static void signal() {
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            for (; ; ) {
                new ProcessBuilder("kill", "-USR1", pid).inheritIO().start().waitFor();
                new ProcessBuilder("kill", "-USR2", pid).inheritIO().start().waitFor();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot send signals", e);
        }
    }

    List<String> violations() {
        return violations;
    }

    List<String> facts() {
        return facts;
    }

    void all() throws InterruptedException {
        for (StressShape shape : StressShape.values()) {
            steady(shape);
        }
        for (StressShape shape : List.of(StressShape.FIXED, StressShape.SINGLE, StressShape.SCHEDULERS)) {
            cutShort(shape, false);
        }
        cutShort(StressShape.FIXED, true);
        cutShort(StressShape.HANDOFF, true);
        resized();
    }

    /** One pool for the whole time. */
    void steady(StressShape shape) throws InterruptedException {
        StressLoad load = new StressLoad(shape);
        load.begin();
        long[] completed = {0};
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            load.look(completed);
            LockSupport.parkNanos(100_000);
        }
        load.endSubmitting();
        load.pool.shutdown();
        conclude(shape.name(), load, 0);
    }

    /** One pool after the other, each shut down in the middle of its work. */
    void cutShort(StressShape shape, boolean now) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int n = 0; System.nanoTime() - end < 0; n++) {
            StressLoad load = new StressLoad(shape);
            load.stops = now;
            load.begin();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2 + n % 17));
            long givenBack = 0;
            if (now) {
                givenBack = load.pool.shutdownNow().size();
            } else {
                load.pool.shutdown();
            }
            load.endSubmitting();
            check(shape.name() + (now ? " shutdownNow" : " shutdown"), load, givenBack);
        }
    }

    /** A pool whose size and time-out are changed all the time. */
    void resized() throws InterruptedException {
        StressLoad load = new StressLoad(StressShape.CORE_TIME_OUT);
        load.resizes = !Boolean.getBoolean("stress.strict");
        load.begin();
        ThreadPoolExecutor pool = load.pool;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int n = 0; System.nanoTime() - end < 0; n++) {
            pool.setCorePoolSize(1 + n % 3);
            pool.allowCoreThreadTimeOut(n % 2 == 0);
            pool.setKeepAliveTime(1 + n % 5, TimeUnit.MILLISECONDS);
            LockSupport.parkNanos(300_000);
        }
        load.endSubmitting();
        pool.shutdown();
        conclude("RESIZED", load, 0);
    }

    private void conclude(String name, StressLoad load, long givenBack) throws InterruptedException {
        check(name, load, givenBack);
        facts.add(name + ": " + load.ran + " tasks, " + load.made.size() + " threads, " + load.rejected + " rejected");
    }

    private void check(String name, StressLoad load, long givenBack) throws InterruptedException {
        for (String each : load.account(givenBack)) {
            violations.add(name + ": " + each);
        }
    }
}
