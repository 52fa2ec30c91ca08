// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Drain;
import io.reloader.control.Laggard;
import io.reloader.control.PoolState;
import io.reloader.control.PoolStatus;
import io.reloader.control.Pools;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import io.reloader.intake.Search;
import io.reloader.pool.LivePools;
import io.reloader.pool.Roles;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The application's pools once they are armed; none before, and none in a JVM whose pools are unknown. */
final class ArmedPools implements Pools, Search {

    /** Written once by the arming thread, before the control thread is told READY. */
    private volatile @Nullable Pools armed;

    void arm(Pools pools) {
        armed = pools;
    }

    /** Closes the rolls that are open; true once no worker is on its way out. */
    boolean close() {
        return !(armed instanceof LivePools live) || live.close();
    }

    void reassign(Roles roles) {
        if (armed instanceof LivePools live) {
            live.reassign(roles);
        }
    }

    @Override
    public void search(Predicate<Object> taken) {
        if (armed instanceof LivePools live) {
            live.search(taken);
        }
    }

    @Override
    public Roll roll(Role role, int generation) {
        Pools pools = armed;
        return pools != null ? pools.roll(role, generation) : new NoRoll();
    }

    @Override
    public Collection<Thread> threads(Role role) {
        Pools pools = armed;
        return pools != null ? pools.threads(role) : List.of();
    }

    @Override
    public List<PoolStatus> status() {
        Pools pools = armed;
        return pools != null ? pools.status() : List.of();
    }

    @Override
    public Drain drain() {
        Pools pools = armed;
        return pools != null ? pools.drain() : new NoDrain();
    }

    private static final class NoRoll implements Roll {
        @Override
        public void advance() {}

        @Override
        public boolean finished() {
            return true;
        }

        @Override
        public List<PoolState> pools() {
            return List.of();
        }

        @Override
        public List<Laggard> behind() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static final class NoDrain implements Drain {
        @Override
        public boolean idle() {
            return true;
        }

        @Override
        public List<Laggard> busy() {
            return List.of();
        }
    }
}
