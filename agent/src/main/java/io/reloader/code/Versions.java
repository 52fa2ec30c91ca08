// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ReloaderVersions;
import java.util.concurrent.ReloaderVersions.Frontier;
import java.util.concurrent.ReloaderVersions.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Decides which threads run the old one of two versions of the code: those that were made before the new one came, less
 * those that have turned to it since. On the way back, those made later run the old one again, too: what goes is then the
 * new one, and the threads in between run it on. Called by the take-up thread and the control thread.
 */
public final class Versions {
    private static final long NOBODY = Long.MIN_VALUE;

    /** So many threads may be made while a mark is on its way to all of them. */
    private static final int AHEAD = 256;

    /** By thread id. */
    private final TreeMap<Long, Turn> turns = new TreeMap<>();

    private long last = NOBODY;

    /** Of the threads made after {@code last}, where those end that run the new version. */
    private long back = Long.MAX_VALUE;

    private boolean others;
    private final boolean wanted;

    /** {@code wanted}: whether threads may run different versions at all. */
    public Versions(boolean wanted) {
        this.wanted = wanted;
    }

    /** Whether methods with two bodies can find out which to run: not if java.base could not be extended. */
    boolean possible() {
        if (!wanted) {
            return false;
        }
        try {
            Class.forName("java.util.concurrent.ReloaderVersions", false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Before the new version comes: every thread runs the old one. */
    synchronized void hold() {
        turns.clear();
        last = Long.MAX_VALUE;
        back = Long.MAX_VALUE;
        others = true;
        publish();
    }

    /** The new version is there: threads made from here on run it. */
    synchronized void open() {
        last = ahead();
        publish();
        pass(last);
    }

    /** Threads made from here on run the old version; those that run the new one run it on, until they turn or end. */
    synchronized void turnBack() {
        turns.replaceAll((id, turn) -> turn.turned() ? new Turn(false) : turn);
        back = ahead();
        publish();
        pass(back);
    }

    /** Of the threads that run the version that goes, only these go on doing so; says how many they are. */
    synchronized int keep(Collection<Thread> kept) {
        TreeMap<Long, Turn> goOn = new TreeMap<>();
        for (Thread thread : kept) {
            long id = ReloaderVersions.id(thread);
            if (behind(id)) {
                goOn.put(id, turns.getOrDefault(id, new Turn(!goesBack())));
            }
        }
        turns.clear();
        turns.putAll(goOn);
        others = goesBack();
        back = goesBack() ? NOBODY : back;
        publish();
        return turns.size();
    }

    /** There is one version only, and every thread runs it. */
    public synchronized void close() {
        turns.clear();
        last = NOBODY;
        back = Long.MAX_VALUE;
        ReloaderVersions.set(ReloaderVersions.NONE);
    }

    /** How this thread comes to the version that stays without its end; null if it runs it already. */
    public synchronized @Nullable Turn turn(Thread thread) {
        long id = ReloaderVersions.id(thread);
        if (last == NOBODY || !(behind(id) || turned(turns.get(id)))) {
            return null;
        }
        Turn turn = turns.get(id);
        if (turn == null) {
            turn = new Turn(!goesBack());
            turns.put(id, turn);
            publish();
        }
        return turn;
    }

    /** Whether this thread runs the version that goes. */
    private boolean behind(long id) {
        Turn turn = turns.get(id);
        if (turn != null) {
            return turn.forward() != goesBack() && !turn.turned();
        }
        if (goesBack()) {
            return id > last ? id <= back : !others;
        }
        return id <= last && others;
    }

    private boolean turned(@Nullable Turn turn) {
        return turn != null && turn.forward() != goesBack();
    }

    private boolean goesBack() {
        return back != Long.MAX_VALUE;
    }

    /**
     * An id that no thread has reached: a thread made between a mark and its publication could begin on one version and go
     * on with the other.
     */
    private static long ahead() {
        return ReloaderVersions.id(mark()) + AHEAD;
    }

    /** Until no thread to come has an id up to this mark. */
    private static void pass(long mark) {
        while (ReloaderVersions.id(mark()) <= mark) {
            Thread.onSpinWait();
        }
    }

    private static Thread mark() {
        return new Thread(null, null, "reloader-mark", 0, false);
    }

    private void publish() {
        long[] ids = new long[turns.size()];
        Turn[] each = new Turn[ids.length];
        int i = 0;
        for (Map.Entry<Long, Turn> entry : turns.entrySet()) {
            ids[i] = entry.getKey();
            each[i++] = entry.getValue();
        }
        Frontier next = new Frontier(last, others, ids, each);
        ReloaderVersions.set(goesBack() ? next.back(back) : next);
    }
}
