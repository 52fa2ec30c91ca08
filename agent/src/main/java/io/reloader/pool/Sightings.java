// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/**
 * Since when each worker has been seen at the same unit of work, or without one. Costs the workers nothing: it only
 * compares one look with the one before. Control thread only.
 */
final class Sightings {
    private final WeakIdentityMap<Thread, Sighting> sightings = new WeakIdentityMap<>();

    /** When, by {@link System#nanoTime}, the worker was first seen as it is now. */
    long since(WorkerLook look, long now) {
        Sighting last = sightings.get(look.thread());
        if (last == null) {
            last = new Sighting();
            last.note(look, now);
            sightings.putIfAbsent(look.thread(), last);
        } else if (last.busy != look.busy() || last.completed != look.completed()) {
            last.note(look, now);
        }
        return last.since;
    }

    private static final class Sighting {
        boolean busy;
        long completed;
        long since;

        void note(WorkerLook look, long now) {
            busy = look.busy();
            completed = look.completed();
            since = now;
        }
    }
}
