// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One group of Netty's event loops, opened. */
final class NettyPool implements Pool {
    private final NettyKind kind;
    private final Object first;
    private final List<Object> loops;

    NettyPool(NettyKind kind, Object first) {
        this.kind = kind;
        this.first = first;
        loops = kind.loops(first);
    }

    @Override
    public Object identity() {
        return first;
    }

    @Override
    public List<Thread> threads() {
        List<Thread> alive = new ArrayList<>();
        for (Object loop : loops) {
            Thread thread = kind.access().thread(loop);
            if (thread != null && thread.isAlive()) {
                alive.add(thread);
            }
        }
        return alive;
    }

    @Override
    public Optional<String> background() {
        return Optional.empty();
    }

    @Override
    public Optional<String> serving() {
        return Optional.of("its threads are Netty event loops");
    }

    @Override
    public @Nullable String pin() {
        for (Object loop : loops) {
            String why = kind.access().pin(loop);
            if (why != null) {
                return why;
            }
        }
        return null;
    }

    @Override
    public PoolLook look() {
        return new PoolLook(busy().isEmpty(), false, 0);
    }

    @Override
    public List<Thread> busy() {
        List<Thread> busy = new ArrayList<>();
        for (Thread thread : threads()) {
            if (kind.access().works(thread)) {
                busy.add(thread);
            }
        }
        return busy;
    }

    @Override
    public PoolRoll roll(long lastOldThread) {
        String why = pin();
        if (why != null) {
            return new TurningRoll(this, why, kind.access()::works, kind.tools().turns());
        }
        return kind.ledger().begin(first, () -> new NettyRoll(kind, first), lastOldThread);
    }
}
