// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/**
 * All copies of one implementation of thread pools, whatever their loader, package and version. A family is added by
 * implementing this and {@link PoolKind}, weaving its hooks, and naming it in {@link LivePools}.
 */
interface PoolFamily {

    /**
     * The pool class to which this class belongs: itself, or that of which it is the worker; null if it is none of
     * this family's. Asked once for each class that discovery or woven code meets, and for its superclasses.
     */
    @Nullable
    Class<?> poolClass(Class<?> met);

    /** Fails if this copy is not a known one: then its workers are pinned. Called on any thread, once per copy. */
    PoolKind open(Class<?> pool) throws ReflectiveOperationException;

    /** Called once, on the start-up thread, before anything is woven. */
    default void prepare(Kinds kinds) {}

    /** Notes the pools that can be found without a thread. Called on the control thread, at each look. */
    default void discover() {}

    /** Installs the handler of the family's own hooks, if it has some. */
    default void hook(Kinds kinds) {}

    default void unhook() {}

    /** Whether no worker is on its way out or in, after the rolls have been closed. Control thread only. */
    default boolean settled() {
        return true;
    }
}
