// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/**
 * One class that implements thread pools, e.g. {@code java.util.concurrent.ThreadPoolExecutor}, and its subclasses. Of a
 * library's class that several loaders define, each copy is a kind of its own.
 */
interface PoolKind {

    /** The pool of this worker, which was met on the way from its thread; null if it is no worker, or another's. */
    @Nullable
    Object poolOf(Object met, Thread thread);

    Pool open(Object pool);
}
