// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.PoolApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/reloader}: what it finds, and what it keeps to start faster. */
class CommandScriptIT {
    private static final Path SCRIPT =
            Path.of("../scripts/reloader").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @EachJdk
    void itAnswersAsTheJarDoesAndKeepsAnArchiveForTheNextTime(Jdk jdk) throws IOException {
        Path cache = folder.resolve("cache");
        try (JvmProcess app = Java.on(jdk)
                .agent("")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start()) {
            app.await("reloader: \\* armed");
            String pid = Long.toString(app.pid());
            JvmProcess first = run(jdk, cache, "status", pid);
            assertThat(first.exitCode()).as(first.log()).isZero();
            assertThat(first.lines()).contains("state: idle, generation 0, 0 to roll back");
            Path archive = archives(cache).get(0);
            assertThat(Files.getPosixFilePermissions(cache)).isEqualTo(PosixFilePermissions.fromString("rwx------"));

            Object made = Files.getAttribute(archive, "unix:ino");
            JvmProcess second = run(jdk, cache, "reload", pid);
            assertThat(second.exitCode()).as(second.log()).isZero();
            assertThat(second.lines()).last().asString().startsWith("reloader: - reload 1 done in ");
            assertThat(archives(cache)).containsExactly(archive);
            assertThat(Files.getAttribute(archive, "unix:ino")).isEqualTo(made);
            app.tell("quit");
            assertThat(app.exitCode()).isZero();
            JvmProcess gone = run(jdk, cache, "status", pid);
            assertThat(gone.exitCode()).isEqualTo(3);
            assertThat(gone.lines()).containsExactly("reloader: ! status: there is no process " + pid);
        }
    }

    @EachJdk
    void aCacheThatIsNotPrivateOrIsBrokenIsPassedOverInSilence(Jdk jdk) throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path own = Files.createDirectory(
                folder.resolve("own"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path link = Files.createSymbolicLink(folder.resolve("link"), own);
        Path file = Files.createFile(folder.resolve("file"));
        for (Path cache : List.of(open, link, file, open.resolve("below"), Path.of("/proc/none"), Path.of("none"))) {
            help(jdk, cache);
        }
        assertThat(archives(open)).isEmpty();
        assertThat(archives(own)).isEmpty();

        help(jdk, own);
        Path archive = archives(own).get(0);
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(archive, "no archive");
        help(jdk, own);
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        JvmProcess jar = run(List.of("RELOADER_JAR=" + folder + "/none.jar"), SCRIPT);
        assertThat(jar.exitCode()).isEqualTo(2);
        assertThat(jar.lines())
                .containsExactly("reloader: ! RELOADER_JAR=" + folder + "/none.jar cannot be read; name reloader.jar");
        JvmProcess java = run(List.of("JAVA_HOME=" + folder), SCRIPT);
        assertThat(java.exitCode()).isEqualTo(2);
        assertThat(java.lines())
                .containsExactly("reloader: ! JAVA_HOME=" + folder + " has no bin/java; name a JDK, or unset it");
        JvmProcess alone = run(List.of(), Files.copy(SCRIPT, folder.resolve("reloader")));
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.lines())
                .containsExactly("reloader: ! reloader.jar: not found beside " + folder + "; set RELOADER_JAR");
    }

    private void help(Jdk jdk, Path cache) {
        JvmProcess help = run(jdk, cache, "--help");
        assertThat(help.exitCode()).as(help.log()).isZero();
        assertThat(help.lines()).first().asString().startsWith("Usage: reloader ");
    }

    private static List<Path> archives(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    private static JvmProcess run(Jdk jdk, Path cache, String... arguments) {
        return run(List.of("JAVA_HOME=" + jdk.home(), "RELOADER_CACHE=" + cache), SCRIPT, arguments);
    }

    private static JvmProcess run(List<String> environment, Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "-u", "JAVA_HOME"));
        command.addAll(environment);
        command.add(script.toString());
        command.addAll(List.of(arguments));
        return JvmProcess.run(command);
    }
}
