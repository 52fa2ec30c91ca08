// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import org.jspecify.annotations.Nullable;

/** A connection to another JVM's attach listener. */
interface Attachment extends AutoCloseable {

    /** By the JDK's attach API where there is one that looks where the process's own files are, or by Byte Buddy's. */
    static Attachment to(Target target) throws AttachRefused {
        boolean api = ModuleLayer.boot().findModule("jdk.attach").isPresent();
        return api && !target.apart() ? JdkAttachment.connect(target.pid()) : SocketAttachment.connect(target);
    }

    /** A system property of the other JVM, or null. */
    @Nullable
    String property(String name) throws AttachRefused;

    /** Loads the agent and returns once its {@code agentmain} has. */
    void load(String jar, String arguments) throws AttachRefused;

    @Override
    void close();
}
