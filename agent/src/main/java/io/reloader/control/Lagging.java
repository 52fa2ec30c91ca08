// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The roles whose pools have not been rolled since the last change, while two versions of the code live. Control thread
 * only.
 */
final class Lagging {
    private final Set<Role> roles = EnumSet.noneOf(Role.class);

    /** How many threads of these run the old code. */
    private int threads;

    void all() {
        roles.addAll(EnumSet.allOf(Role.class));
    }

    void remove(Role role) {
        roles.remove(role);
    }

    void clear() {
        roles.clear();
    }

    boolean isEmpty() {
        return roles.isEmpty();
    }

    Role first() {
        return roles.iterator().next();
    }

    Set<Role> roles() {
        return roles;
    }

    /** Only their threads run the old code any longer; how many those are. */
    int keep(World world) {
        List<Thread> old = new ArrayList<>();
        for (Role each : roles) {
            old.addAll(world.pools().threads(each));
        }
        threads = world.code().keep(old);
        return threads;
    }

    /** Why the pools cannot be left as they are, or null. */
    @Nullable
    String unfinished(World world) {
        if (!world.code().unsettled()) {
            return null;
        }
        return roles.isEmpty()
                ? "threads still run the code before the last change; detach once they have ended their work"
                : "the pools of " + first().plural()
                        + " still run the code before the last change; reload them first, then detach";
    }

    /** What the verdict says of them. */
    String kept() {
        if (roles.isEmpty()) {
            return "";
        }
        return "; " + Words.count(threads, "thread") + " of " + first().plural() + (threads == 1 ? " keeps" : " keep")
                + " the old code until their pools are rolled";
    }
}
