// SPDX-License-Identifier: Apache-2.0
package io.reloader;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.function.BiFunction;

/**
 * The agent's entry, for {@code -javaagent} and for attach. Lives in the system loader beside the application, so it
 * does as little as it can, and nothing thrown here reaches the JVM, which would end the host.
 */
public final class ReloaderAgent {
    private static final String AGENT = "io.reloader.agent.Agent";

    /** The one agent of this JVM, told of later attaches; it lives in its own loader, hence the JDK's type. */
    private static BiFunction<String, Instrumentation, Boolean> agent;

    /** Whether an agent was here and has left; its classes in the boot loader, and this one, stay what they were. */
    private static boolean left;

    private ReloaderAgent() {}

    /** Called by the JVM on the main thread, before the application's main. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        enter("premain", arguments, instrumentation);
    }

    /** Called by the JVM on the attach listener's thread. Returns once signals and pools are armed. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        enter("agentmain", arguments, instrumentation);
    }

    private static synchronized void enter(String door, String arguments, Instrumentation instrumentation) {
        try {
            if (agent == null) {
                agent = create(door);
            }
            // False: bad options, said in one line, or detached; the next attach may bring others.
            if (!agent.apply(arguments == null ? "" : arguments, instrumentation)) {
                ((AgentLoader) agent.getClass().getClassLoader()).close();
                agent = null;
                left = true;
            }
        } catch (Throwable t) {
            agent = null;
            Throwable cause = t instanceof InvocationTargetException && t.getCause() != null ? t.getCause() : t;
            System.err.println("reloader: ! not started: " + cause + "; the application runs without reloader");
        }
    }

    @SuppressWarnings("unchecked") // Agent's declared type; a cast to it is impossible across loaders.
    private static BiFunction<String, Instrumentation, Boolean> create(String door) throws Exception {
        File jar = new File(ReloaderAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        AgentLoader loader = new AgentLoader(jar, ClassLoader.getPlatformClassLoader());
        String version = ReloaderAgent.class.getPackage().getImplementationVersion();
        if (left && !loader.isOf(version)) {
            loader.close();
            throw new IOException(jar + " is another version's now than " + version
                    + ", which this process had; restart the process to run it");
        }
        return (BiFunction<String, Instrumentation, Boolean>) loader.loadClass(AGENT)
                .getConstructor(String.class, String.class)
                .newInstance(door, version);
    }
}
