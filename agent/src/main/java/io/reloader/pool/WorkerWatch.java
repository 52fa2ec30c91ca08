// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/**
 * Told of workers as they come and go. Called on the worker's own thread, which holds no lock of its pool's; never
 * throws.
 */
public interface WorkerWatch {
    /** Where nobody wants to know. */
    WorkerWatch NOBODY = new Nobody();

    /** The current thread is a worker of this pool and has not had a unit of work. */
    void began(Object pool, String name);

    /** The current thread was a worker of this pool and has left it. */
    void left(Object pool, String name);

    /** Nobody watches. */
    final class Nobody implements WorkerWatch {
        private Nobody() {}

        @Override
        public void began(Object pool, String name) {}

        @Override
        public void left(Object pool, String name) {}
    }
}
