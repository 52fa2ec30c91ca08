// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Host;
import io.reloader.daemon.Daemon;

/** The JVM we live in. */
final class JvmHost implements Host {
    private final Daemon daemon;
    private final Natives natives;

    JvmHost(Daemon daemon, Natives natives) {
        this.daemon = daemon;
        this.natives = natives;
    }

    /**
     * On a thread of its own: {@link Runtime#exit} does not return while shutdown hooks run, and the control loop
     * must still hear a further stop.
     */
    @Override
    public void exit(int status) {
        try {
            AgentThreads.named("reloader-exit")
                    .execute(() -> Runtime.getRuntime().exit(status));
        } catch (Error e) {
            // No further thread, or no further class, can be had: a deaf loop is better than a process that lives on.
            Runtime.getRuntime().exit(status);
        }
    }

    @Override
    public void reopenLog() {
        AgentThreads.named("reloader-log").execute(() -> daemon.reopenLog(natives));
    }

    @Override
    public void halt(int status) {
        Runtime.getRuntime().halt(status);
    }
}
