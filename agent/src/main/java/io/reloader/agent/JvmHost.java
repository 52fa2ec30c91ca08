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
        AgentThreads.named("reloader-exit").execute(() -> Runtime.getRuntime().exit(status));
    }

    @Override
    public void halt(int status) {
        Runtime.getRuntime().halt(status);
    }
}
