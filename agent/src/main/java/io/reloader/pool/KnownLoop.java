// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static io.reloader.pool.Boundary.take;
import static io.reloader.pool.Boundary.turn;

import java.util.List;

/** The table of loops that threads of pools run as a task of their own, known by the frames of each. */
@SuppressWarnings("ImmutableEnumChecker")
enum KnownLoop {
    /** Requests of one connection, on a virtual thread. */
    HELIDON(
            "*",
            turn("io.helidon.webserver.http1.Http1Connection", "handle", "readPrologue"),
            turn("io.helidon.webserver.ConnectionHandler", "run", "identifyConnection")),
    /** The JVM's own virtual threads, from JDK 22 on: they wake the others. */
    JVM_POLLER(
            "*Poller*",
            turn("sun.nio.ch.Poller", "subPollerLoop", "poll"),
            turn("sun.nio.ch.Poller", "pollerLoop", "poll")),
    /** The JDK's RMI, and so its JMX connector: a thread serves one connection for as long as that is kept. */
    RMI(
            "RMI TCP Connection*",
            turn("sun.rmi.transport.tcp.TCPTransport", "handleMessages", "read"),
            turn("com.sun.jmx.remote.internal.ArrayNotificationBuffer", "fetchNotifications", "wait"),
            turn("io.reloader.jmx.Bean", "invoke", "ask"),
            take("java.util.concurrent.ThreadPoolExecutor", "getTask", "poll")),
    HAZELCAST_PARKER(
            "*.operation-parker",
            take("com.hazelcast.spi.impl.operationparker.impl.OperationParkerImpl$ExpirationTask", "doRun", "poll"));

    private final Glob threads;
    private final List<Boundary> boundaries;

    KnownLoop(String threads, Boundary... boundaries) {
        this.threads = new Glob(threads);
        this.boundaries = List.of(boundaries);
    }

    /** Whether the thread is in this loop, with a unit of work in hand or without; cheap if its name says no. */
    boolean runsOn(Thread thread) {
        return threads.matches(thread.getName()) && Boundary.inLoop(boundaries, thread.getStackTrace());
    }

    /** Whether the thread is in one of the loops and has no unit of work in hand. */
    static boolean waits(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        for (KnownLoop each : values()) {
            if (Boundary.at(each.boundaries, stack)) {
                return true;
            }
        }
        return false;
    }
}
