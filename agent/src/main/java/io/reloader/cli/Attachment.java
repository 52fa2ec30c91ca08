// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import org.jspecify.annotations.Nullable;

/** A connection to another JVM's attach listener. */
interface Attachment extends AutoCloseable {

    /** Connects by the JDK's attach API, or by Byte Buddy's where the {@code jdk.attach} module is not there. */
    static Attachment to(long pid) throws AttachRefused {
        return ModuleLayer.boot().findModule("jdk.attach").isPresent()
                ? JdkAttachment.connect(pid)
                : SocketAttachment.connect(pid);
    }

    /** A system property of the other JVM, or null. */
    @Nullable
    String property(String name) throws AttachRefused;

    /** Loads the agent and returns once its {@code agentmain} has. */
    void load(String jar, String arguments) throws AttachRefused;

    @Override
    void close();
}
