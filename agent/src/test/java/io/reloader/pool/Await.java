// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must happen. */
public final class Await {
    private static final long DEADLINE = 20_000_000_000L;

    private Await() {}

    public static void until(String what, BooleanSupplier happened) {
        long start = System.nanoTime();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - start > DEADLINE) {
                throw new AssertionError("in vain for 20 s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
