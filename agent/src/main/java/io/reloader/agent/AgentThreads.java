// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import java.util.concurrent.Executor;

/**
 * Our threads: daemons, so that a finished application ends; without the context loader and the inheritable thread
 * locals of whichever application thread they are made on, so that they keep nothing of it alive.
 */
final class AgentThreads {
    private AgentThreads() {}

    static void start(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    /** An executor that makes a thread for each piece of work. */
    static Executor shortLived(String name) {
        return work -> start(name, work);
    }
}
