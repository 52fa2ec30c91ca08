// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** Who started the process and watches it, e.g. systemd. Called on the control thread; never blocks, never throws. */
public interface Supervisor {
    /** Of a process that nobody watches. */
    Supervisor NOBODY = new Nobody();

    /** A reload has begun. */
    void reloading();

    /** A reload has ended, whatever its verdict: the application serves. */
    void ready(String status);

    /** A stop has begun. */
    void stopping();

    /** What is under way, for whoever asks. */
    void status(String line);

    /** The stop takes at least so many nanoseconds more. */
    void extend(long nanos);

    /** The control loop is alive; told on each of its turns. */
    void alive();

    /** How many nanoseconds may pass between two turns of the control loop. */
    long beat();

    /** Nobody listens. */
    final class Nobody implements Supervisor {
        private Nobody() {}

        @Override
        public void reloading() {}

        @Override
        public void ready(String status) {}

        @Override
        public void stopping() {}

        @Override
        public void status(String line) {}

        @Override
        public void extend(long nanos) {}

        @Override
        public void alive() {}

        @Override
        public long beat() {
            return Long.MAX_VALUE;
        }
    }
}
