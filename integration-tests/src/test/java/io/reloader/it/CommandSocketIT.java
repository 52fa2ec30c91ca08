// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reloader.it.app.PoolApp;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Whoever comes to the command socket with whatever: the application and the next client notice nothing. */
class CommandSocketIT {
    private static final String NOBODY = "65534";

    @EachJdk
    void noClientHarmsTheApplicationOrAnother(Jdk jdk, @TempDir Path folder) throws IOException {
        try (JvmProcess app = start(jdk, folder)) {
            Door door = new Door(folder, app);
            assertThat(door.ask("status")).last().isEqualTo("verdict: done");
            long threads = threads(app);

            garbage(door);
            megabyte(door);
            List<SocketChannel> silent = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                SocketChannel channel = door.connect();
                silent.add(channel);
                if (i % 2 == 0) {
                    Door.send(channel, "reload progress\n".getBytes(StandardCharsets.UTF_8));
                }
            }
            for (int i = 0; i < 300; i++) {
                door.connect().close();
            }
            int mark = app.mark();
            app.signal("USR1");
            app.await("reloader: - reload \\d+ done in .* 4/4 workers", mark);
            for (SocketChannel channel : silent) {
                channel.close();
            }
            Await.until(
                    "the next client to be served",
                    JvmProcess.PATIENCE,
                    () -> last(door, "status").equals("verdict: done"),
                    app::log);
            assertThat(threads(app)).as(app.log()).isLessThan(threads + 10);
            assertThat(app.count("reloader: !")).as(app.log()).isZero();

            app.signal("TERM");
            assertThat(app.exitCode()).as(app.log()).isZero();
            assertThat(door.path()).doesNotExist();
        }
    }

    private static long threads(JvmProcess app) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + app.pid() + "/task"))) {
            return all.count();
        }
    }

    private static void garbage(Door door) throws IOException {
        Random random = new Random(6);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[1 + random.nextInt(3000)];
            random.nextBytes(bytes);
            try (SocketChannel channel = door.connect()) {
                Door.send(channel, bytes);
                channel.shutdownOutput();
                assertThat(Door.answer(channel)).last().asString().startsWith("verdict: usage: ");
            }
        }
    }

    private static void megabyte(Door door) throws IOException {
        try (SocketChannel channel = door.connect()) {
            Door.send(channel, "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            // As it should be.
        }
        assertThat(last(door, "x".repeat(5000))).startsWith("verdict: usage: ");
    }

    private static String last(Door door, String line) {
        try {
            List<String> answer = door.ask(line);
            return answer.isEmpty() ? "" : answer.get(answer.size() - 1);
        } catch (IOException reset) {
            // The rest of a line that is too long was not read.
            return "verdict: usage: ";
        }
    }

    @EachJdk
    void aDirectoryThatIsNotPrivateIsNotUsedAndTheApplicationRuns(Jdk jdk, @TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (JvmProcess app = start(jdk, folder)) {
            app.await("reloader: ! no command socket: " + folder + " is not a directory of user .* with mode 0700;"
                    + " name a directory of your own with socket=; signals work all the same");
            app.signal("USR1");
            app.await("reloader: - reload 1 done in");
            JvmProcess status = Java.reloader(jdk, "status", Long.toString(app.pid()));
            assertThat(status.exitCode()).as(status.log()).isEqualTo(3);
            assertThat(status.lines()).singleElement().asString().contains("has no command socket");
        }
    }

    @EachJdk
    void anImageWithoutTheModuleThatTellsCallersApartHasNoSocketAndSaysSo(Jdk jdk) {
        try (JvmProcess app = Java.on(jdk)
                .with("--limit-modules", "java.base,java.instrument,java.management,jdk.unsupported")
                .agent("")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start()) {
            app.await("reloader: ! no command socket: .*--add-modules=jdk.net; signals work all the same");
            app.signal("USR1");
            app.await("reloader: - reload 1 done in");
        }
    }

    /** Even where the directory lets them in. */
    @EachJdk
    void anotherUserIsRefusedByTheKernelsWord(Jdk jdk) throws IOException {
        Path runtime = Files.createTempDirectory(Path.of("/tmp"), "reloader-it");
        Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> other = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        assumeTrue(
                run(other, runtime, jdk, "--version").exitCode() == 0,
                "needs root, setpriv and a directory that others can read");
        List<String> command = Java.on(jdk)
                .agent("")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .command();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
        try (JvmProcess app = JvmProcess.start(builder)) {
            app.await("reloader: \\* armed");
            Path folder = runtime.resolve("reloader");
            JvmProcess outside = run(other, runtime, jdk, "status", Long.toString(app.pid()));
            assertThat(outside.exitCode()).as(outside.log()).isEqualTo(1);
            assertThat(outside.lines()).singleElement().asString().contains("belongs to user 0; run this as that user");

            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(new Door(folder, app).path(), PosixFilePermissions.fromString("rw-rw-rw-"));
            JvmProcess inside = run(other, runtime, jdk, "stop", Long.toString(app.pid()));
            assertThat(inside.exitCode()).as(inside.log()).isEqualTo(1);
            assertThat(inside.lines())
                    .singleElement()
                    .asString()
                    .contains("this process belongs to another user; ask as that user, or as root");
            JvmProcess owner = run(List.of(), runtime, jdk, "stop", Long.toString(app.pid()));
            assertThat(owner.exitCode()).as(owner.log()).isZero();
        }
        Files.deleteIfExists(runtime.resolve("reloader"));
        Files.delete(runtime);
    }

    private static JvmProcess run(List<String> as, Path runtime, Jdk jdk, String... arguments) {
        List<String> command = new ArrayList<>(as);
        command.addAll(List.of(jdk.java().toString(), "-jar", Java.AGENT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
        JvmProcess process = JvmProcess.start(builder);
        process.exitCode();
        return process;
    }

    private static JvmProcess start(Jdk jdk, Path folder) {
        JvmProcess app = Java.on(jdk)
                .agent("socket=" + folder)
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start();
        app.await("reloader: \\* armed");
        return app;
    }
}
