// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import io.reloader.os.Sockets;
import io.reloader.os.TcpInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** The connections that came in by the ports that were listened on. Used by the intake's thread. */
final class Connections {
    private final Sockets sockets;
    private final Set<Integer> ports;
    private final IntPredicate owes;
    private Map<Integer, Connection> known = new HashMap<>();
    private int asking;

    /** The ports from which the application has made connections of its own, at the last look. */
    private final Set<Integer> made = new HashSet<>();

    /** {@code owes}: whether streams of the connection with the caller at this port have no answer yet. */
    Connections(Sockets sockets, Set<Integer> ports, IntPredicate owes) {
        this.sockets = sockets;
        this.ports = ports;
        this.owes = owes;
    }

    /**
     * One look at all of them.
     *
     * @param mayEnd whether no worker is at work, so that those that have their answer can be told that no more will come
     * @return how many are still waited for
     */
    int look(boolean mayEnd) {
        long now = System.nanoTime() / 1_000_000;
        List<Accepted> accepted = accepted();
        Map<Integer, Connection> seen = new HashMap<>();
        int open = 0;
        for (Accepted each : accepted) {
            Connection connection = known.get(each.descriptor);
            if (connection == null || !connection.follows(each.info)) {
                connection = new Connection(each.info, now);
            }
            seen.put(each.descriptor, connection);
            Connection.Verdict verdict = connection.look(
                    each.info,
                    sockets.unread(each.descriptor) > 0,
                    () -> owes.test(sockets.peerPort(each.descriptor)),
                    now);
            if (waits(each.descriptor, verdict, mayEnd)) {
                open++;
            }
        }
        known = seen;
        return open;
    }

    private record Accepted(int descriptor, TcpInfo info) {}

    /** Those that came in; of the others, notes where they were made and how many wait for a reply. */
    private List<Accepted> accepted() {
        List<Accepted> accepted = new ArrayList<>();
        made.clear();
        asking = 0;
        for (int descriptor : sockets.descriptors()) {
            TcpInfo info = sockets.info(descriptor);
            if (info == null || !info.open()) {
                continue;
            }
            int port = sockets.port(descriptor);
            if (ports.contains(port)) {
                accepted.add(new Accepted(descriptor, info));
            } else {
                made.add(port);
                asking += Connection.asks(info) ? 1 : 0;
            }
        }
        return accepted;
    }

    /** How many connections that the application has made itself waited for a reply at the last look. */
    int asking() {
        return asking;
    }

    private boolean waits(int descriptor, Connection.Verdict verdict, boolean mayEnd) {
        if (verdict == Connection.Verdict.END && made.contains(sockets.peerPort(descriptor))) {
            // Both ends are the application's; its shutdown may need it: a Kafka broker says goodbye to its controller.
            return false;
        }
        if (verdict == Connection.Verdict.END && mayEnd) {
            sockets.endAnswers(descriptor);
            return false;
        }
        return verdict != Connection.Verdict.LEAVE;
    }
}
