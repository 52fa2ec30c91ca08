// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** Known threads that belong together: the loops of one group, the connections of one server. Control thread only. */
final class KnownThreads {
    final KnownThread row;
    private List<WeakReference<Thread>> members = new ArrayList<>();

    KnownThreads(KnownThread row) {
        this.row = row;
    }

    void add(Thread thread) {
        List<WeakReference<Thread>> alive = new ArrayList<>();
        for (WeakReference<Thread> each : members) {
            Thread member = each.get();
            if (member != null && member != thread && member.isAlive()) {
                alive.add(each);
            }
        }
        alive.add(new WeakReference<>(thread));
        members = alive;
    }

    List<Thread> alive() {
        List<Thread> alive = new ArrayList<>();
        for (WeakReference<Thread> each : members) {
            Thread member = each.get();
            if (member != null && member.isAlive()) {
                alive.add(member);
            }
        }
        return alive;
    }
}
