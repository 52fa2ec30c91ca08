// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.FactsApp;
import io.reloader.it.app.OtherAgent;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a JVM was started, the daemon is the same command, byte for byte, in the same surroundings. */
class DaemonLaunchIT {
    private static final String MAIN = FactsApp.class.getName();
    private static final List<String> ARGUMENTS =
            List.of("a b", "", "*", "$HOME `x`", "it's \"quoted\"", "\\", "é", "");
    private static final String SOURCE = MAIN.replace('.', '/') + ".java";
    private static final String AGENT = "-javaagent:" + Java.AGENT;

    /** A way to start a JVM in the folder that {@link #prepare} fills. */
    private enum Form {
        JAR(AGENT, "-jar", "facts.jar"),
        CLASS(AGENT, "-cp", Java.TEST_CLASSES.toString(), MAIN),
        MODULE(AGENT, "-p", "facts.jar", "-m", "facts/" + MAIN),
        ARGUMENT_FILE("@arguments"),
        WILDCARD(AGENT, "-cp", "lib/*:none", MAIN),
        JDK_JAVA_OPTIONS("-cp", "facts.jar", MAIN),
        JAVA_TOOL_OPTIONS("-cp", "facts.jar", MAIN),
        SOURCE_FILE(AGENT, SOURCE),
        /** What is open, listens or is committed before our premain runs. */
        BUSY_BEFORE_US(
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:PORT1",
                "-javaagent:facts.jar",
                AGENT,
                "-Xlog:gc:file=gc.log",
                "-Dcom.sun.management.jmxremote.port=PORT2",
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false",
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                "facts.jar",
                MAIN),
        /** Bytes that are no UTF-8, in a locale that knows ASCII only, under limits of its own. */
        RAW_BYTES_AND_LIMITS(AGENT, "-cp", "facts.jar", MAIN) {
            @Override
            List<String> command(Jdk jdk) {
                List<String> command = new ArrayList<>(List.of(
                        "sh",
                        "-c",
                        "ulimit -n 777; ulimit -c 0; umask 026; export RAW=\"$(printf '\\351\\377')\" LC_ALL=C; "
                                + "exec nice -n 5 \"$@\" \"$(printf '\\303\\050\\351')\" last",
                        "sh"));
                command.addAll(super.command(jdk));
                return command;
            }
        };

        @SuppressWarnings("ImmutableEnumChecker") // List.of
        private final List<String> options;

        Form(String... options) {
            this.options = List.of(options);
        }

        List<String> command(Jdk jdk) {
            List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
            command.addAll(options);
            if (this != ARGUMENT_FILE) {
                command.addAll(ARGUMENTS);
            }
            return command;
        }

        Map<String, String> environment() {
            return switch (this) {
                case JDK_JAVA_OPTIONS, JAVA_TOOL_OPTIONS -> Map.of(name(), AGENT);
                default -> Map.of();
            };
        }
    }

    static Stream<Arguments> formsOnEachJdk() {
        return Jdk.all().stream().flatMap(jdk -> Stream.of(Form.values()).map(form -> Arguments.of(jdk, form)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("formsOnEachJdk")
    void theDaemonIsTheSameCommandInTheSameSurroundings(Jdk jdk, Form form, @TempDir Path folder) throws IOException {
        prepare(folder);
        List<String> command = new ArrayList<>();
        String[] ports = {freePort(), freePort()};
        for (String word : form.command(jdk)) {
            command.add(word.replace("PORT1", ports[0]).replace("PORT2", ports[1]));
        }

        JvmProcess plain = start(command, form, folder, false);
        assertThat(plain.exitCode()).as(plain.log()).isZero();
        try (Daemonized daemon = new Daemonized(start(command, form, folder, true), folder)) {
            daemon.up().awaitLog("end of facts");

            assertThat(facts(Daemonized.logged(daemon.log).lines()))
                    .hasSizeGreaterThan(10)
                    .containsExactlyElementsOf(facts(plain.lines().stream()));
            assertThat(daemon.shell.lines()).last().asString().contains(" is up, log ");
        }
    }

    private static JvmProcess start(List<String> command, Form form, Path folder, boolean daemonize) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // Names that no shell can use as variables, and some that shells change.
        builder.environment().putAll(Map.of("server.port", "8080", "a-b%%", "() { x", "IFS", ",", "SHLVL", "7"));
        builder.environment().putAll(form.environment());
        builder.environment().put("RELOADER_DAEMONIZE", Boolean.toString(daemonize));
        builder.environment().put("RELOADER_LOG", folder.resolve("d.log").toString());
        builder.environment().put("RELOADER_PIDFILE", folder.resolve("d.pid").toString());
        return JvmProcess.start(builder);
    }

    private static List<String> facts(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("fact ")).toList();
    }

    private static void prepare(Path folder) throws IOException {
        Path jar = folder.resolve("facts.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, MAIN);
        manifest.getMainAttributes().putValue("Automatic-Module-Name", "facts");
        manifest.getMainAttributes().putValue("Premain-Class", OtherAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (String type : List.of("FactsApp", "OtherAgent", "OtherAgent$Weaver")) {
                String name = "io/reloader/it/app/" + type + ".class";
                entries.putNextEntry(new JarEntry(name));
                Files.copy(Java.TEST_CLASSES.resolve(name), entries);
            }
        }
        Files.createDirectory(folder.resolve("lib"));
        Files.copy(jar, folder.resolve("lib/facts.jar"));
        Path source = folder.resolve(SOURCE);
        Files.createDirectories(source.getParent());
        Files.copy(Path.of("src/test/java", SOURCE), source);
        Files.writeString(
                folder.resolve("arguments"), AGENT + "\n-cp 'lib/*' " + MAIN + " \"a b\" '' 'it\"s' é # no\n");
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
