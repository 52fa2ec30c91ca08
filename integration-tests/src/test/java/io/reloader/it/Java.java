// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a JVM, put together piece by piece. */
final class Java {
    /** The agent under test, as it is shipped. */
    static final Path AGENT = Path.of(System.getProperty("reloader.jar")).normalize();

    static final Path SAMPLE = Path.of(System.getProperty("sample.jar")).normalize();

    /** Where the small applications of these tests are. */
    static final Path TEST_CLASSES = Path.of(System.getProperty("test.classes")).normalize();

    private final List<String> command = new ArrayList<>();
    private final Jdk jdk;
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    private Java(Jdk jdk) {
        this.jdk = jdk;
        command.add(jdk.java().toString());
    }

    static Java on(Jdk jdk) {
        return new Java(jdk);
    }

    Java agent(String options) {
        return with("-javaagent:" + AGENT + (options.isEmpty() ? "" : "=" + options));
    }

    Java with(String... arguments) {
        command.addAll(List.of(arguments));
        return this;
    }

    Java classPath(Path... entries) {
        StringBuilder path = new StringBuilder();
        for (Path entry : entries) {
            path.append(path.isEmpty() ? "" : File.pathSeparator).append(entry);
        }
        return with("-cp", path.toString());
    }

    Java in(Path workingDirectory) {
        directory = workingDirectory;
        return this;
    }

    Java main(Class<?> main, String... arguments) {
        return with(main.getName()).with(arguments);
    }

    Jdk jdk() {
        return jdk;
    }

    /** What {@link #start} starts, for another program to start. */
    List<String> command() {
        return List.copyOf(command);
    }

    JvmProcess start() {
        return JvmProcess.start(new ProcessBuilder(command).directory(directory.toFile()));
    }

    /** Runs {@code java -jar reloader.jar} to its end. */
    static JvmProcess reloader(Jdk jdk, String... arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString(), "-jar", AGENT.toString()));
        command.addAll(List.of(arguments));
        return JvmProcess.run(command);
    }
}
