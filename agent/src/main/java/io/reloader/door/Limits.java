// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import java.util.concurrent.TimeUnit;

/**
 * What a client may ask of the socket's thread.
 *
 * @param clients at a time
 * @param line how long one may take to send its line, in nanoseconds
 * @param stall how long one may take nothing of what is there for it, in nanoseconds
 */
record Limits(int clients, long line, long stall) {
    static final Limits STANDARD = new Limits(16, TimeUnit.SECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(10));
}
