// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rolls that were reported as partial and go on until their last worker has ended. A newer one of the same role takes
 * the older one's workers over. Control thread only.
 */
final class CatchUp {
    private final Journal journal;
    private final Map<Role, Rolling> open = new EnumMap<>(Role.class);

    CatchUp(Journal journal) {
        this.journal = journal;
    }

    void take(Rolling rolling) {
        open.put(rolling.role(), rolling);
    }

    /** A new roll of this role begins. */
    void supersede(Role role) {
        open.remove(role);
    }

    boolean pending() {
        return !open.isEmpty();
    }

    /** One step; the roles whose last worker has been replaced by now. */
    Set<Role> advance() {
        Set<Role> caughtUp = EnumSet.noneOf(Role.class);
        for (Iterator<Rolling> it = open.values().iterator(); it.hasNext(); ) {
            Rolling rolling = it.next();
            rolling.advance(journal);
            if (rolling.finished()) {
                journal.event("reload " + rolling.number() + " caught up: " + rolling.progress());
                rolling.roll().close();
                it.remove();
                caughtUp.add(rolling.role());
            }
        }
        return caughtUp;
    }

    /** Who has been left behind; none while they are more than so many. */
    List<Laggard> behind(int most) {
        List<Laggard> all = new ArrayList<>();
        for (Rolling rolling : open.values()) {
            all.addAll(rolling.behind(most));
        }
        return all;
    }

    void close() {
        open.values().forEach(rolling -> rolling.roll().close());
        open.clear();
    }
}
