// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** By the JDK's own attach API. */
final class JdkAttachment implements Attachment {
    private final VirtualMachine machine;

    private JdkAttachment(VirtualMachine machine) {
        this.machine = machine;
    }

    static JdkAttachment connect(long pid) throws AttachRefused {
        try {
            return new JdkAttachment(VirtualMachine.attach(Long.toString(pid)));
        } catch (AttachNotSupportedException | IOException e) {
            throw Refusals.connect(e);
        }
    }

    @Override
    public @Nullable String property(String name) throws AttachRefused {
        try {
            return machine.getSystemProperties().getProperty(name);
        } catch (IOException e) {
            throw Refusals.connect(e);
        }
    }

    @Override
    public void load(String jar, String arguments) throws AttachRefused {
        try {
            machine.loadAgent(jar, arguments);
        } catch (AgentLoadException | AgentInitializationException | IOException e) {
            throw Refusals.load(e);
        }
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (IOException gone) {
            // The other JVM has closed its end, which is what was wanted.
        }
    }
}
