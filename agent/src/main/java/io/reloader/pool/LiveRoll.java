// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Interruption;
import io.reloader.control.Laggard;
import io.reloader.control.PoolState;
import io.reloader.control.Retired;
import io.reloader.control.Roll;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roll of all pools of one role. Control thread only. */
final class LiveRoll implements Roll {
    private final List<Part> parts;
    private final List<String> remarks;

    LiveRoll(List<Part> parts, List<String> remarks) {
        this.parts = List.copyOf(parts);
        this.remarks = List.copyOf(remarks);
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public void advance() {
        for (Part part : parts) {
            part.advance();
        }
    }

    @Override
    public boolean finished() {
        for (Part part : parts) {
            if (!part.finished()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<Retired> retired() {
        List<Retired> all = new ArrayList<>();
        for (Part part : parts) {
            part.addRetired(all);
        }
        return all;
    }

    @Override
    public List<PoolState> pools() {
        List<PoolState> states = new ArrayList<>();
        for (Part part : parts) {
            states.add(part.state());
        }
        return states;
    }

    @Override
    public List<Laggard> behind() {
        List<Laggard> all = new ArrayList<>();
        for (Part part : parts) {
            part.addBehind(all);
        }
        return all;
    }

    @Override
    public List<Interruption> interruptBehind() {
        List<Interruption> all = new ArrayList<>();
        for (Part part : parts) {
            part.interruptBehind(all);
        }
        return all;
    }

    @Override
    public void close() {
        for (Part part : parts) {
            part.close();
        }
    }

    /** Gives what is under way to the roll that supersedes this one. */
    void handOver(IdentityHashMap<Object, PoolRoll> heir) {
        for (Part part : parts) {
            part.handOver(heir);
        }
    }

    /** One pool's share; lets go of the pool as soon as it is done. */
    static final class Part {
        private final String name;
        private @Nullable PoolRoll roll;
        private final IdentityHashMap<Thread, Boolean> interrupted = new IdentityHashMap<>();
        private final List<Retired> retired = new ArrayList<>();
        private PoolState last;

        Part(String name, PoolRoll roll) {
            this.name = name;
            this.roll = roll;
            last = stateOf(name, roll);
        }

        void advance() {
            PoolRoll now = roll;
            if (now == null) {
                return;
            }
            now.advance();
            collect(now);
            if (!now.finished()) {
                return;
            }
            if (now.trouble().isEmpty()) {
                close();
            } else {
                // Kept for its laggards only; the workers are not asked any more.
                now.close();
            }
        }

        private void collect(PoolRoll from) {
            for (PoolRoll.Departure each : from.departures()) {
                retired.add(new Retired(name, each.thread(), each.nanos()));
            }
        }

        void addRetired(List<Retired> all) {
            all.addAll(retired);
            retired.clear();
        }

        boolean finished() {
            PoolRoll now = roll;
            return now == null || now.finished();
        }

        PoolState state() {
            PoolRoll now = roll;
            if (now != null) {
                last = stateOf(name, now);
            }
            return last;
        }

        void addBehind(List<Laggard> all) {
            PoolRoll now = roll;
            if (now != null) {
                for (Thread thread : now.behind()) {
                    all.add(Stacks.laggard(name, thread, now.age(thread)));
                }
            }
        }

        void interruptBehind(List<Interruption> all) {
            PoolRoll now = roll;
            if (now == null || now.trouble().isPresent()) {
                return;
            }
            for (Thread thread : now.behind()) {
                if (interrupted.put(thread, true) != null) {
                    continue;
                }
                String refusal = Stacks.inChannel(thread)
                        ? "it is inside a channel operation, and an interrupt would close the channel"
                        : now.interrupt(thread) ? "" : "it has just ended its unit of work";
                all.add(new Interruption(name, thread.getName(), refusal));
            }
        }

        void close() {
            PoolRoll now = roll;
            if (now != null) {
                last = stateOf(name, now);
                collect(now);
                now.close();
                roll = null;
            }
        }

        void handOver(IdentityHashMap<Object, PoolRoll> heir) {
            PoolRoll now = roll;
            if (now != null) {
                last = stateOf(name, now);
                heir.put(now.pool(), now);
                roll = null;
            }
        }

        private static PoolState stateOf(String name, PoolRoll roll) {
            return new PoolState(
                    name,
                    roll.workers(),
                    roll.rolled(),
                    roll.pinned(),
                    roll.fresh(),
                    roll.trouble().orElse(null),
                    roll.nanos());
        }
    }
}
