// SPDX-License-Identifier: Apache-2.0
package io.reloader;

import java.io.File;
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
            // False: bad options, said in one line; the next attach may bring good ones.
            if (!agent.apply(arguments == null ? "" : arguments, instrumentation)) {
                agent = null;
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
        ClassLoader loader = new AgentLoader(jar, ClassLoader.getPlatformClassLoader());
        return (BiFunction<String, Instrumentation, Boolean>) loader.loadClass(AGENT)
                .getConstructor(String.class, String.class)
                .newInstance(door, ReloaderAgent.class.getPackage().getImplementationVersion());
    }
}
