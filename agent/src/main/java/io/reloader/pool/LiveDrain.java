// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Drain;
import io.reloader.control.Laggard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The double collect: two looks over all pools that find the same counts and no work. One look is not enough, as a task
 * may go from a pool not yet looked at to one already looked at. Control thread only.
 */
final class LiveDrain implements Drain {
    private static final long APART = TimeUnit.MILLISECONDS.toNanos(10);

    /** A scheduler that ticks every few milliseconds would otherwise keep a stop from ever ending. */
    private static final long TICKING = TimeUnit.SECONDS.toNanos(1);

    private final Registry registry;
    private final Kinds kinds;
    private WeakIdentityMap<Object, Long> counts = new WeakIdentityMap<>();
    /** Whether the last look found no work; the next to come after it may be the second. */
    private boolean quiet;

    private long since;
    /** Since when nothing but pools that recur has worked. */
    private long ticking = System.nanoTime();

    LiveDrain(Registry registry, Kinds kinds) {
        this.registry = registry;
        this.kinds = kinds;
    }

    @Override
    public boolean idle() {
        long begun = System.nanoTime();
        WeakIdentityMap<Object, Long> now = new WeakIdentityMap<>();
        boolean idle = true;
        boolean same = quiet;
        boolean others = true;
        for (Pool pool : registry.open(kinds)) {
            PoolLook look = pool.look();
            idle &= look.idle();
            Long before = counts.get(pool.identity());
            // A pool made since the last look counts as changed once it has done something.
            boolean still = look.completed() == (before == null ? 0 : before);
            same &= still;
            others &= pool.recurs() || (still && look.idle());
            now.putIfAbsent(pool.identity(), look.completed());
        }
        counts = now;
        if (!others) {
            ticking = System.nanoTime();
        }
        if (idle && begun - ticking >= TICKING) {
            return true;
        }
        if (!idle || !same) {
            quiet = idle;
            since = System.nanoTime();
            return false;
        }
        return begun - since >= APART;
    }

    @Override
    public boolean reading() {
        for (Pool pool : registry.open(kinds)) {
            PoolLook look = pool.look();
            if (!look.idle() && (look.queued() || !read(pool.busy()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean read(List<Thread> busy) {
        for (Thread thread : busy) {
            if (!Stacks.reads(thread)) {
                return false;
            }
        }
        return !busy.isEmpty();
    }

    @Override
    public List<Laggard> busy() {
        PoolNames names = new PoolNames();
        List<Laggard> all = new ArrayList<>();
        for (Pool pool : registry.open(kinds)) {
            List<Thread> members = pool.threads();
            if (members.isEmpty()) {
                continue;
            }
            String name = names.name(members);
            List<Thread> busy = pool.busy();
            for (Thread thread : busy) {
                all.add(Stacks.laggard(name, thread, 0));
            }
            if (busy.isEmpty() && pool.look().queued()) {
                all.add(new Laggard(name, "queued work, no worker at it", List.of()));
            }
        }
        return all;
    }
}
