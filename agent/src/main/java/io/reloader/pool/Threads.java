// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ReloaderHooks;

/**
 * What all kinds know about threads.
 *
 * @param access the private fields of Thread
 * @param births what each worker thread was given at birth
 * @param ledger which workers of executors are behind
 */
record Threads(ThreadAccess access, Births births, Ledger<ExecutorRoll> ledger) {

    static Threads create() throws ReflectiveOperationException {
        ThreadAccess access = new ThreadAccess();
        return new Threads(access, new Births(access), new Ledger<>(rolling -> ReloaderHooks.rolling = rolling));
    }
}
