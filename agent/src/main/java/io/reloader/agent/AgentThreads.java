// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import java.util.concurrent.Executor;

/**
 * Our threads: daemons, so that a finished application ends; without the context loader and the inheritable thread
 * locals of whichever application thread they are made on, so that they keep nothing of it alive.
 */
final class AgentThreads implements Executor {
    private final String name;

    private AgentThreads(String name) {
        this.name = name;
    }

    /** An executor that makes a thread of this name for each piece of work. */
    static Executor named(String name) {
        return new AgentThreads(name);
    }

    @Override
    public void execute(Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }
}
