// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.OldLibrariesApp;
import io.reloader.it.app.OtherAgent;
import io.reloader.it.app.PoolApp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.io.TempDir;

/** Beside other people's libraries, agents and consoles. */
class CohabitationIT {

    @EachJdk
    void anApplicationWithItsOwnOlderByteBuddyAsmAndJffiWorksUnchanged(Jdk jdk) {
        try (JvmProcess app = Java.on(jdk)
                .agent("")
                .with("-Dnet.bytebuddy.experimental=true")
                .with("-cp", libraries())
                .main(OldLibrariesApp.class)
                .start()) {
            app.await("ready");
            app.await("reloader: \\* armed");
            app.await("byte-buddy byte-buddy-1\\.12\\.23\\.jar says hello");
            app.await("asm asm-9\\.4\\.jar reads io/reloader/it/app/OldLibrariesApp");
            app.await("jffi jffi-1\\.2\\.23\\.jar calls true");
            int mark = app.mark();
            app.signal("USR1");
            app.await("reloader: - reload 1 done", mark);
        }
    }

    @EachJdk
    void anotherAgentBeforeOrAfterOursChangesNothing(Jdk jdk, @TempDir Path folder) throws IOException {
        Path other = otherAgent(folder);
        for (boolean first : new boolean[] {true, false}) {
            Java java = Java.on(jdk);
            java = first
                    ? java.with("-javaagent:" + other).agent("")
                    : java.agent("").with("-javaagent:" + other);
            try (JvmProcess app =
                    java.classPath(Java.TEST_CLASSES).main(PoolApp.class).start()) {
                app.await("other agent in place");
                app.await("ready");
                app.await("reloader: \\* armed");
                for (int i = 1; i <= 3; i++) {
                    app.signal("USR1");
                    app.await("reloader: - reload " + i + " done in .* 4/4 workers");
                }
                assertThat(app.count("reloader: !")).as(app.log()).isZero();
            }
        }
    }

    @EachJdk
    void anApplicationWithoutTheModuleThatSignalsNeedIsToldAndRunsOn(Jdk jdk) {
        try (JvmProcess app = Java.on(jdk)
                .with("--limit-modules", "java.base")
                .agent("")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start()) {
            app.await("ready");
            app.await("reloader: ! not started: this JVM runs without the module jdk\\.unsupported; start it with"
                    + " --add-modules=jdk\\.unsupported; the application runs without reloader");
            assertThat(app.count("reloader:")).as(app.log()).isEqualTo(1);
        }
    }

    @EachJdk
    void theConsoleShowsNoLineButTheApplicationsAndOurs(Jdk jdk) {
        try (JvmProcess app = Java.on(jdk)
                .agent("")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start()) {
            app.await("ready");
            app.await("reloader: \\* armed");
            app.signal("USR1");
            app.await("reloader: - reload 1 done");
            app.signal("USR2");
            app.await("reloader: - reload 2 done");
            app.signal("TERM");
            assertThat(app.exitCode()).isZero();
            assertThat(app.lines())
                    .filteredOn(line -> !line.startsWith("reloader: "))
                    .containsExactly("ready", "hook ran");
            assertThat(app.journal()).noneMatch(line -> line.startsWith("reloader: !"));
        }
    }

    @EachJdk
    void jvmsThatDenyNativeAccessAndUnsafeStillGetEverything(Jdk jdk) {
        Java java = Java.on(jdk).agent("");
        if (jdk.feature() >= 24) {
            java.with("--illegal-native-access=deny", "--sun-misc-unsafe-memory-access=deny");
        }
        try (JvmProcess app =
                java.classPath(Java.TEST_CLASSES).main(PoolApp.class).start()) {
            app.await("ready");
            app.await("reloader: \\* armed TERM=stop USR1=reload workers USR2=reload tasks");
            app.signal("USR2");
            app.await("reloader: - reload 1 done in .* 2/2 workers");
            assertThat(app.count("reloader: !")).as(app.log()).isZero();
        }
    }

    @EachJdk
    void noLibraryIsLeftInTheWorkingDirectoryOrTheTemporaryOne(Jdk jdk, @TempDir Path folder) throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (JvmProcess app = Java.on(jdk)
                .agent("")
                .with("-Djava.io.tmpdir=" + temporary)
                .in(folder)
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start()) {
            app.await("ready");
            app.await("reloader: \\* armed");
            try (var left = Files.walk(folder)) {
                assertThat(left).containsExactlyInAnyOrder(folder, temporary);
            }
        }
    }

    /** Servers such as WildFly and Quarkus choose their log manager in main, and nobody else's may be there before. */
    @EachJdk
    void neitherLoggingNorManagementIsStartedOnTheApplicationsBehalf(Jdk jdk, @TempDir Path folder) throws IOException {
        Path loaded = folder.resolve("loaded.txt");
        try (JvmProcess app = Java.on(jdk)
                .agent("")
                .with("-Xlog:class+load=info:file=" + loaded)
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start()) {
            app.await("ready");
            app.await("reloader: \\* armed");
            app.signal("USR1");
            app.await("reloader: - reload 1 done");
            app.signal("TERM");
            assertThat(app.exitCode()).isZero();
            assertThat(Files.readString(loaded))
                    .contains("io.reloader.control.ControlLoop")
                    .doesNotContain("java.util.logging.LogManager", "javax.management.", "sun.management.");
        }
    }

    private static String libraries() {
        return String.join(
                ":",
                Arrays.stream(System.getProperty("java.class.path").split(":"))
                        .filter(entry -> entry.matches(".*/(byte-buddy|asm|jffi)-[\\d.]+(-native)?\\.jar")
                                || entry.equals(Java.TEST_CLASSES.toString()))
                        .toList());
    }

    static Path otherAgent(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", OtherAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("other-agent.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                var files = Files.list(Java.TEST_CLASSES.resolve("io/reloader/it/app"))) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("OtherAgent"))
                    .toList()) {
                entries.putNextEntry(new JarEntry("io/reloader/it/app/" + file.getFileName()));
                Files.copy(file, entries);
            }
        }
        return jar;
    }
}
