// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Wakes waiting workers of a fork-join pool. They are on a stack, the last to come on top, so whoever is above the
 * wanted ones wakes too; the pool's own signalWork wakes the top one only, and none above the parallelism.
 *
 * <p>All are taken off by one exchange of ctl: one by one, those on top are back before the next is reached. As long as
 * ctl is the same nothing below its top changes, since a worker that comes back has another phase. Control thread only.
 */
final class ForkJoinWaker {
    private static final int ATTEMPTS = 8;

    private final ForkJoinAccess access;

    ForkJoinWaker(ForkJoinAccess access) {
        this.access = access;
    }

    /** Wakes workers from the top down to the count-th wanted one, or the last wanted one; returns how many of all. */
    int wake(ForkJoinPool pool, int count, Predicate<Object> wanted) {
        for (int i = 0; i < ATTEMPTS; i++) {
            long ctl = access.ctl(pool);
            Chain chain = chain(pool, ctl, count, wanted);
            int length = chain.queues.size();
            if (length == 0) {
                return 0;
            }
            if (access.casCtl(pool, ctl, ForkJoinVersion.released(ctl, length, chain.rest))) {
                // Those that are wanted are at the end.
                for (int n = length - 1; n >= 0; n--) {
                    access.release(chain.queues.get(n), chain.phases.get(n));
                }
                return length;
            }
        }
        return 0;
    }

    private Chain chain(ForkJoinPool pool, long ctl, int count, Predicate<Object> wanted) {
        ForkJoinVersion version = access.version();
        @Nullable Object[] queues = access.queues(pool);
        Chain chain = new Chain();
        int left = count;
        int end = 0;
        int link = (int) ctl;
        for (int top = version.top(link); top != 0 && left > 0; top = version.top(link)) {
            int at = ForkJoinVersion.slot(top);
            Object queue = queues == null || at >= queues.length ? null : queues[at];
            // It has changed, perhaps into a ring.
            if (queue == null || queues == null || chain.queues.size() > queues.length) {
                break;
            }
            link = access.stackPred(queue);
            chain.queues.add(queue);
            chain.phases.add(top);
            if (wanted.test(queue)) {
                left--;
                end = chain.queues.size();
                chain.rest = link;
            }
        }
        chain.cut(end);
        return chain;
    }

    /** Workers from the top of the stack down. */
    private static final class Chain {
        private final List<Object> queues = new ArrayList<>();
        /** What each worker waits for its phase to become. */
        private final List<Integer> phases = new ArrayList<>();
        /** The link from the last to those that stay. */
        private int rest;

        private void cut(int length) {
            queues.subList(length, queues.size()).clear();
            phases.subList(length, phases.size()).clear();
        }
    }
}
