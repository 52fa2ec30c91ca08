// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline and a name. */
final class Await {
    private static final long LOOK_EVERY_NANOS = 5_000_000;

    private Await() {}

    /**
     * Returns once the condition holds.
     *
     * @param what what is waited for, as it reads after "waited 20 s for"
     * @param evidence what to show if it never comes
     */
    static void until(String what, Duration deadline, BooleanSupplier condition, Supplier<String> evidence) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + deadline.toSeconds() + " s for " + what + "\n" + evidence.get());
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
