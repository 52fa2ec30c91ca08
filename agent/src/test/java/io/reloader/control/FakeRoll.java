// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.ArrayList;
import java.util.List;

/** A roll of so many workers of one pool, replaced when the test says. */
final class FakeRoll implements Roll {
    final int workers;
    final List<PoolState> more = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();
    final List<Retired> retired = new ArrayList<>();
    int rolled;
    boolean closed;

    FakeRoll(int workers) {
        this.workers = workers;
    }

    @Override
    public void advance() {}

    @Override
    public boolean finished() {
        return rolled == workers;
    }

    @Override
    public List<PoolState> pools() {
        List<PoolState> all = new ArrayList<>();
        all.add(new PoolState("http", workers, rolled, null, 1_000_000));
        all.addAll(more);
        return all;
    }

    @Override
    public List<Retired> retired() {
        List<Retired> now = List.copyOf(retired);
        retired.clear();
        return now;
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public List<Interruption> interruptBehind() {
        return List.of(
                new Interruption("http", "http-1", ""),
                new Interruption("http", "http-2", "it is inside a channel operation"));
    }

    @Override
    public List<Laggard> behind() {
        return finished()
                ? List.of()
                : List.of(new Laggard("http", "http-1", 29_000_000_000L, List.of("com.acme.Slow.run(Slow.java:7)")));
    }

    @Override
    public void close() {
        closed = true;
    }
}
