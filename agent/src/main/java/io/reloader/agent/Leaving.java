// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Departure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leaves the process, and answers those who asked for it. */
final class Leaving implements Departure {
    private final Setup setup;
    private final ArmedPools pools;
    private final Supervision supervision;
    private final Undo undo = new Undo();
    private final CountDownLatch gone = new CountDownLatch(1);

    /** Counted down by the arming thread as the last thing it does. */
    private final CountDownLatch armed = new CountDownLatch(1);

    // Under this.
    private final List<String> notes = new ArrayList<>();
    private @Nullable String refusal;

    Leaving(Setup setup, ArmedPools pools, Supervision supervision) {
        this.setup = setup;
        this.pools = pools;
        this.supervision = supervision;
    }

    /** Where each part of the start leaves how it is taken back. */
    Undo undoing() {
        return undo;
    }

    void armed() {
        armed.countDown();
    }

    @Override
    public @Nullable String obstacle() {
        if (setup.daemon().runs()) {
            return "this is a daemon of reloader's, whose pid file and log are kept by it until it ends; stop it instead";
        }
        return supervision.tells()
                ? "the service manager hears from reloader what this process does (NOTIFY_SOCKET); restart its unit"
                        + " without reloader instead"
                : null;
    }

    @Override
    public boolean ready() {
        return armed.getCount() == 0 && pools.close();
    }

    @Override
    public void undo() {
        undo.run(setup.journal()::trouble);
        JdkCaches.forget();
    }

    /** What stays in the process, for the operator to know. */
    synchronized void note(String line) {
        setup.journal().detail(line);
        notes.add("+ " + line);
    }

    synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public synchronized void refused(String reason) {
        refusal = reason;
        notifyAll();
    }

    @Override
    public synchronized void left() {
        gone.countDown();
        notifyAll();
    }

    boolean gone() {
        return gone.getCount() == 0;
    }

    /** Asks for it and waits for the outcome; the answer's lines, each with its mark. */
    synchronized List<String> request(Runnable ask, long seconds) throws InterruptedException {
        refusal = null;
        notes.clear();
        ask.run();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!gone() && refusal == null) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return List.of("! detach: still under way after " + seconds + " s; its standard error tells more");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        if (refusal != null) {
            return List.of("! detach refused: " + refusal);
        }
        return notes();
    }
}
