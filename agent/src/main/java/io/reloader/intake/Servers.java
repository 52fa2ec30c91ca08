// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The servers of this process whose kind is known. Used by the intake's thread. */
final class Servers {
    private final Search search;
    private final List<Found> found = new ArrayList<>();
    /** Why a server of a kind could not be told: its version is not a known one. */
    private final Map<Kind, Throwable> strange = new EnumMap<>(Kind.class);

    private record Found(Kind kind, Server server) {}

    private interface Act {
        void on(Server server) throws ReflectiveOperationException;
    }

    Servers(Search search) {
        this.search = search;
    }

    void find() {
        IdentityHashMap<Object, Boolean> met = new IdentityHashMap<>();
        search.search(object -> {
            Kind kind = Kind.of(object);
            if (kind == null) {
                return false;
            }
            Server server = met.put(object, true) == null ? kind.server(object) : null;
            if (server != null) {
                found.add(new Found(kind, server));
            }
            return true;
        });
    }

    void crowded() {
        each(Server::crowded);
    }

    void closing() {
        each(Server::closing);
    }

    void end() {
        each(Server::endConnections);
    }

    /** Whether one of them has streams without an answer on its connection with the caller at that port. */
    boolean owe(int caller) {
        for (Found each : found) {
            try {
                if (each.server.owes(caller)) {
                    return true;
                }
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                strange.putIfAbsent(each.kind, e);
            }
        }
        return false;
    }

    /** The kinds that were told, as the end of a sentence; empty if there are none. */
    String describe() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Found each : found) {
            if (!strange.containsKey(each.kind)) {
                kinds.add(each.kind);
            }
        }
        return kinds.isEmpty()
                ? ""
                : kinds.stream()
                        .map(kind -> kind.title)
                        .collect(Collectors.joining(" and ", "; answers of ", " are the last of their connections"));
    }

    /** The kinds that could not be told, and why. */
    Map<Kind, Throwable> strange() {
        return strange;
    }

    private void each(Act act) {
        for (Found each : found) {
            try {
                act.on(each.server);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                strange.putIfAbsent(each.kind, e);
            }
        }
    }
}
