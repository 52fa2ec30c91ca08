// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/** Programs among the agent's own tests, which know its insides: here they run on another JDK. */
final class AgentTests {
    /** Where the agent was built. */
    private static final Path TARGET =
            Path.of(System.getProperty("agent.test.classes"), "..").normalize();

    private AgentTests() {}

    /** {@code main}: with its package below io.reloader. */
    static JvmProcess start(Jdk jdk, String main, String... arguments) {
        return Java.on(jdk)
                .with("--patch-module", "java.base=" + TARGET.resolve("boot-classes"))
                .with("--add-opens", "java.base/java.util.concurrent=ALL-UNNAMED", "-Xshare:off")
                .with("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading")
                .classPath(
                        TARGET.resolve("test-classes"),
                        TARGET.resolve("classes"),
                        TARGET.resolve("bundle"),
                        assertions())
                .with("io.reloader." + main)
                .with(arguments)
                .start();
    }

    private static Path assertions() {
        try {
            return Path.of(Assertions.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
