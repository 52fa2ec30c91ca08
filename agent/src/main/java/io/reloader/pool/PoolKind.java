// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/**
 * One implementation of thread pools, e.g. {@code java.util.concurrent.ThreadPoolExecutor}. A kind is added by
 * implementing this, weaving its hooks and naming it in {@link LivePools}.
 */
interface PoolKind {

    /** The pool of this worker, which was met on the way from its thread; null if it is no worker, or another's. */
    @Nullable
    Object poolOf(Object met, Thread thread);

    Pool open(Object pool);
}
