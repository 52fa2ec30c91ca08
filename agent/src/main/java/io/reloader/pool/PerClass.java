// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/**
 * What is found out once about a class of the application's. Kept with that class, and goes with it; leads from it to
 * the agent until {@link #forget} is called. Any thread.
 */
abstract class PerClass<V> extends ClassValue<V> {
    private final WeakIdentityMap<Class<?>, Boolean> known = new WeakIdentityMap<>();

    abstract V find(Class<?> type);

    @Override
    protected final V computeValue(Class<?> type) {
        known.putIfAbsent(type, true);
        return find(type);
    }

    final void forget() {
        known.forEach((type, is) -> remove(type));
    }
}
