// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Host;

/** The JVM we live in. */
final class JvmHost implements Host {

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
    public void halt(int status) {
        Runtime.getRuntime().halt(status);
    }
}
