// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/**
 * What all kinds know about threads.
 *
 * @param access the private fields of Thread
 * @param births what each worker thread was given at birth
 * @param ledger which of them are behind
 */
record Threads(ThreadAccess access, Births births, Ledger ledger) {

    static Threads create() throws ReflectiveOperationException {
        ThreadAccess access = new ThreadAccess();
        return new Threads(access, new Births(access), new Ledger());
    }
}
