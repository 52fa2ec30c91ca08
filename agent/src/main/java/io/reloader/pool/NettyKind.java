// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One copy of Netty's event loops. The first loop of a group stands for the group. */
final class NettyKind implements PoolKind {
    private final Class<?> type;
    private final NettyAccess access;
    private final NettyCaller caller;
    private final Ledger<NettyRoll> ledger;
    private final Tools tools;

    NettyKind(Class<?> type, Tools tools, Ledger<NettyRoll> ledger) throws ReflectiveOperationException {
        this.type = type;
        access = new NettyAccess(type);
        caller = new NettyCaller(type.getName(), access.executorName());
        // Links what a loop would otherwise link in the middle of its turn.
        NettyCaller.Asker ignored = caller.asks();
        this.ledger = ledger;
        this.tools = tools;
    }

    @Override
    public @Nullable Object poolOf(Object met, Thread thread) {
        return type.isInstance(met) && access.thread(met) == thread ? loops(met).get(0) : null;
    }

    @Override
    public Pool open(Object pool) {
        return new NettyPool(this, pool);
    }

    /** All loops of this one's group, always in the same order. */
    List<Object> loops(Object loop) {
        List<Object> all = new ArrayList<>();
        if (FieldPath.read(loop, "parent.children") instanceof Object[] children) {
            for (Object each : children) {
                if (type.isInstance(each)) {
                    all.add(each);
                }
            }
        }
        return all.contains(loop) ? all : List.of(loop);
    }

    NettyAccess access() {
        return access;
    }

    NettyCaller caller() {
        return caller;
    }

    Ledger<NettyRoll> ledger() {
        return ledger;
    }

    Tools tools() {
        return tools;
    }
}
