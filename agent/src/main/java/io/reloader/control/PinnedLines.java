// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells of the pools whose workers all keep their threads, in one line for each reason. Control thread only. */
final class PinnedLines {
    private static final int NAMED = 3;

    private PinnedLines() {}

    static void tell(List<PoolState> pools, Journal journal) {
        Map<String, List<PoolState>> reasons = new LinkedHashMap<>();
        for (PoolState pool : pools) {
            if (pool.renewable() == 0 && pool.pinned().workers() > 0) {
                reasons.computeIfAbsent(pool.pinned().why(), why -> new ArrayList<>())
                        .add(pool);
            }
        }
        reasons.forEach((why, alike) -> journal.detail(line(why, alike)));
    }

    private static String line(String why, List<PoolState> alike) {
        List<String> names = new ArrayList<>();
        int workers = 0;
        for (PoolState pool : alike) {
            workers += pool.pinned().workers();
            if (names.size() < NAMED) {
                names.add(pool.name());
            }
        }
        String more = alike.size() > NAMED ? " and " + (alike.size() - NAMED) + " more" : "";
        return String.join(", ", names) + more + ": " + Words.count(workers, "worker") + " pinned (" + why + ")";
    }
}
