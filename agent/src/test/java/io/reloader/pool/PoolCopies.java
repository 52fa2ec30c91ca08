// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Libraries as an application would have them: in a class loader that knows nothing of the agent. */
final class PoolCopies {
    private static final Path JARS = Path.of("target", "pool-copies");

    private PoolCopies() {}

    static URLClassLoader loader(String... jars) {
        List<URL> urls = new ArrayList<>();
        for (String jar : jars) {
            Path file = JARS.resolve(jar + ".jar");
            if (!Files.exists(file)) {
                throw new IllegalStateException(file + " is missing: run mvn process-test-resources");
            }
            try {
                urls.add(file.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }
}
