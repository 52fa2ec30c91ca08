// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.IdentityHashMap;

/** What servers execute their requests with, as their acceptors and selectors gave it away. Control thread only. */
final class Servers {
    /** An executor may wrap a pool, and its wrapper another. */
    private static final int WRAPPERS = 3;

    private final Registry registry;
    /** Why each executor serves requests. */
    private final WeakIdentityMap<Object, String> executors = new WeakIdentityMap<>();

    Servers(Registry registry) {
        this.registry = registry;
    }

    void executes(Object executor, Thread ofServer) {
        executors.putIfAbsent(executor, "the server of thread " + ofServer.getName() + " executes its requests there");
    }

    /** The pools behind those executors, with the reason. */
    IdentityHashMap<Object, String> pools() {
        IdentityHashMap<Object, String> pools = new IdentityHashMap<>();
        Reach reach = new Reach(WRAPPERS);
        executors.forEach((executor, why) -> reach.find(executor, object -> {
            if (!registry.contains(object)) {
                return false;
            }
            pools.put(object, why);
            return true;
        }));
        return pools;
    }
}
