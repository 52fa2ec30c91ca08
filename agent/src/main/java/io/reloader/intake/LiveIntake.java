// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import io.reloader.control.Intake;
import io.reloader.control.Journal;
import io.reloader.os.Sockets;
import io.reloader.os.TcpTable;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The real intake. Nothing runs before a stop; its first call begins a thread that does all the looking and shutting,
 * so that the control thread only reads what that has found.
 */
public final class LiveIntake implements Intake, Runnable {
    private static final long WATCH_EVERY = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(10);
    /** The control thread asks only while it sees no worker at work. */
    private static final long ASKED_LATELY = TimeUnit.MILLISECONDS.toNanos(30);

    private static final long READERS_LATELY = TimeUnit.MILLISECONDS.toNanos(150);

    private static final int SERVERS_EVERY = 5;
    private static final int NOT_YET = -1;

    private final Executor threads;
    private final Supplier<@Nullable Sockets> natives;
    private final Search search;
    private final Journal journal;

    /** Control thread only. */
    private boolean begun;
    /** Written by the control thread. */
    private volatile boolean stopping;
    /** When the control thread has last seen no worker at work. Written by it. */
    private volatile long asked = System.nanoTime() - ASKED_LATELY;
    /** When it has last seen workers that did no more than read. Written by it. */
    private volatile long readers = System.nanoTime() - READERS_LATELY;
    /** Connections of the application's own that wait for a reply. Written by the intake's thread. */
    private volatile int asking = NOT_YET;
    /** Written by the intake's thread. */
    private volatile long arrivals;
    /** Connections that are waited for. Written by the intake's thread. */
    private volatile int open = NOT_YET;

    /**
     * Does nothing yet.
     *
     * @param threads runs the one thread
     * @param natives the process's sockets, null where they cannot be reached
     */
    public LiveIntake(Executor threads, Supplier<@Nullable Sockets> natives, Search search, Journal journal) {
        this.threads = threads;
        this.natives = natives;
        this.search = search;
        this.journal = journal;
    }

    @Override
    public long arrivals() {
        begin();
        return arrivals;
    }

    @Override
    public void stop() {
        stopping = true;
        begin();
    }

    @Override
    public boolean idle() {
        asked = System.nanoTime();
        return open == 0;
    }

    @Override
    public boolean idleButForReaders() {
        if (asking != 0) {
            return false;
        }
        readers = System.nanoTime();
        return open == 0;
    }

    @Override
    public int open() {
        return Math.max(0, open);
    }

    private void begin() {
        if (!begun) {
            begun = true;
            threads.execute(this);
        }
    }

    @Override
    public void run() {
        try {
            Sockets sockets = natives.get();
            if (sockets == null) {
                Servers servers = new Servers(search);
                servers.find();
                journal.trouble("stop: listening sockets cannot be reached and stay open; a request that comes while"
                        + " the process exits is lost");
                servers.end();
            } else {
                watch(new Doors(sockets).ports());
                close(sockets);
            }
        } catch (RuntimeException | Error e) {
            journal.trouble("stop: the intake could not be closed: " + e + "; please report it");
        }
        asking = 0;
        open = 0;
    }

    private void watch(Set<Integer> ports) {
        Set<String> seen = new HashSet<>();
        while (!stopping) {
            TcpTable.read(ports, (remote, handshake) -> {
                seen.add(remote);
            });
            arrivals = seen.size();
            LockSupport.parkNanos(WATCH_EVERY);
        }
    }

    private void close(Sockets sockets) {
        Doors doors = new Doors(sockets);
        doors.deafen();
        Servers servers = new Servers(search);
        servers.find();
        Connections connections = new Connections(sockets, doors.ports(), servers::owe);
        doors.awaitAccepted(() -> {
            servers.crowded();
            connections.look(System.nanoTime() - asked < ASKED_LATELY);
        });
        servers.closing();
        doors.shut();
        servers.end();
        tell(doors, servers);
        for (int i = 1; ; i++) {
            long now = System.nanoTime();
            boolean readersOnly = now - readers < READERS_LATELY && asking == 0;
            open = connections.look(now - asked < ASKED_LATELY || readersOnly);
            asking = connections.asking();
            LockSupport.parkNanos(LOOK_EVERY);
            if (i % SERVERS_EVERY == 0) {
                servers.end();
            }
        }
    }

    private void tell(Doors doors, Servers servers) {
        if (!doors.ports().isEmpty()) {
            journal.detail("stop: nothing new comes in on port "
                    + doors.ports().toString().replaceAll("[\\[\\]]", "") + servers.describe());
        }
        servers.strange()
                .forEach((kind, why) -> journal.trouble("stop: a server of an unknown version (" + kind.title + ": "
                        + why + ") cannot be told; its connections end when they are idle"));
        if (doors.hearing() > 0) {
            journal.trouble("stop: " + doors.hearing() + " listening sockets take no filter (SO_ATTACH_FILTER); whoever"
                    + " connected as they were shut was lost");
        }
        if (doors.refused() > 0) {
            journal.trouble("stop: " + doors.refused() + " listening sockets could not be closed; connecting to them"
                    + " times out");
        }
    }
}
