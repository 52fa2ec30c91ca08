// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Failure;
import java.util.Optional;
import java.util.concurrent.ReloaderVersions;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Watches the new code for linkage errors that the old code did not throw. Told of each linkage error on the host's
 * thread that makes it, told what to watch by the take-up thread, asked by the control thread. Between reloads it notes
 * the errors of the code that runs, by a hash in a table of fixed size: libraries probe for what is optional in this way.
 */
public final class Canary {
    /** So many threads at once; of the others' errors, which will come again, nothing is noted. */
    private static final int GUESTS = 8;

    private static final int KNOWN = 4096;

    /** Threads of the agent: the take-up thread meets what a broken deployment makes the JVM say. */
    private static final String OURS = "reloader-";

    private final Runnable wake;

    /** The threads that are in here, so that an error of our own does not come in again. */
    private final AtomicReferenceArray<@Nullable Thread> guests = new AtomicReferenceArray<>(GUESTS);

    /** Errors that count for nothing; written by the host's threads. One that meets another in its place displaces it. */
    private final AtomicLongArray known = new AtomicLongArray(KNOWN);

    /** Written by the take-up thread, and the control thread when no reload is taken up. */
    private volatile @Nullable Watch watch;

    /** {@code wake}: told when there is a failure; called on the host's threads, so it must neither block nor throw. */
    public Canary(Runnable wake) {
        this.wake = wake;
    }

    @Nullable
    Watch watch() {
        return watch;
    }

    /** From here on. With null, what runs counts as sound. */
    void watch(@Nullable Watch next) {
        watch = next;
    }

    Optional<Failure> failure() {
        Watch now = watch;
        return now == null ? Optional.empty() : now.failure();
    }

    void made(LinkageError error) {
        int place = -1;
        try {
            Thread me = Thread.currentThread();
            place = me.getName().startsWith(OURS) ? -1 : enter(me);
            // Types of the application's own could do anything when they are asked for their message.
            if (place >= 0 && error.getClass().getClassLoader() == null && !copy(error)) {
                look(error);
            }
        } catch (Throwable t) {
            // Out of stack or memory, most likely: the error is on its way and must not become another one.
            return;
        } finally {
            if (place >= 0) {
                guests.set(place, null);
            }
        }
    }

    /** HotSpot makes one more of an initialiser's error for those who need the class later, and throws the other. */
    private static boolean copy(LinkageError error) {
        return error instanceof ExceptionInInitializerError && error.getMessage() != null;
    }

    private int enter(Thread me) {
        int free = -1;
        for (int i = 0; i < GUESTS; i++) {
            Thread guest = guests.get(i);
            if (guest == me) {
                return -1;
            }
            free = guest == null && free < 0 ? i : free;
        }
        return free >= 0 && guests.compareAndSet(free, null, me) ? free : -1;
    }

    private void look(LinkageError error) {
        Watch now = watch;
        long hash = hash(error);
        int place = (int) (hash ^ (hash >>> 32)) & (KNOWN - 1);
        if (now == null || (!now.over() && ReloaderVersions.old())) {
            known.set(place, hash);
        } else if (!now.over() && known.get(place) != hash && now.fails(error, hash)) {
            wake.run();
        }
    }

    /** Of type and message; failed initialisers, of which the JVM tells without any, are known by where they are seen. */
    private static long hash(LinkageError error) {
        String message = error.getMessage();
        long hash = error.getClass().getName().hashCode();
        if (message != null) {
            return hash << 32 ^ message.hashCode();
        }
        StackTraceElement[] stack = error.getStackTrace();
        return stack.length == 0 ? hash : hash << 32 ^ stack[0].hashCode();
    }
}
