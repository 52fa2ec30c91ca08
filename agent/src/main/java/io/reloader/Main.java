// SPDX-License-Identifier: Apache-2.0
package io.reloader;

import java.io.File;
import java.util.function.ToIntFunction;

/** {@code java -jar reloader.jar}: hands over to the command line in the agent's own loader. */
public final class Main {
    private Main() {}

    @SuppressWarnings("unchecked") // CommandLine's declared type; a cast to it is impossible across loaders.
    public static void main(String[] arguments) throws Exception {
        String version = Main.class.getPackage().getImplementationVersion();
        File jar = new File(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        // The system loader as parent: com.sun.tools.attach is defined to it, not to the platform loader.
        ClassLoader loader = new AgentLoader(jar, ClassLoader.getSystemClassLoader());
        Object cli = loader.loadClass("io.reloader.cli.Cli")
                .getConstructor(File.class, String.class)
                .newInstance(jar, version);
        System.exit(((ToIntFunction<String[]>) cli).applyAsInt(arguments));
    }
}
