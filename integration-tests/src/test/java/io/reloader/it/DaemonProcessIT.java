// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reloader.it.app.DaemonApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon is, as the kernel tells it: daemon(7), step by step; its user, directory and umask. */
class DaemonProcessIT {

    /** Its own way costs the start a temporary file with a random name, and each reflective access on the way. */
    @EachJdk
    void neitherJvmLetsJffiLoadItsLibraryItself(Jdk jdk, @TempDir Path folder) throws IOException {
        String classes = "-Xlog:class+load:file=" + folder.resolve("classes-%p");
        try (Daemonized daemon = Daemonized.start(Java.on(jdk).with(classes), folder, "")) {
            daemon.up();
            List<Path> logs =
                    List.of(folder.resolve("classes-" + daemon.shell.pid()), folder.resolve("classes-" + daemon.pid()));
            for (Path log : logs) {
                assertThat(Files.readString(log))
                        .as("%s", log)
                        .contains("com.kenai.jffi.Invoker ")
                        .doesNotContain("com.kenai.jffi.internal.StubLoader ");
            }
        }
    }

    @EachJdk
    void itHasTakenTheFifteenStepsOfDaemon7(Jdk jdk, @TempDir Path folder) throws IOException {
        // A shell that leaves it a descriptor, ignored signals and an odd umask.
        List<String> command =
                shell("exec 9>'" + folder.resolve("nine") + "'; trap '' HUP TERM USR1 USR2 PIPE; umask 077");
        command.addAll(
                Daemonized.app(Java.on(jdk), folder, ",ready=log:arguments").command());
        try (Daemonized daemon = new Daemonized(start(command, folder), folder)) {
            daemon.up();
            // 1, 9: no descriptor of the shell's is left, the first three lead to nothing of its.
            Await.until(
                    "the end of the pipe to be closed, which is after the shell has heard of it",
                    JvmProcess.PATIENCE,
                    () -> targets(daemon).stream().noneMatch(target -> target.startsWith("pipe:")),
                    daemon::evidence);
            assertThat(targets(daemon)).noneMatch(target -> target.contains("nine"));
            assertThat(Files.readSymbolicLink(daemon.proc("fd/0"))).hasToString("/dev/null");
            assertThat(Files.readSymbolicLink(daemon.proc("fd/1"))).isEqualTo(daemon.log);
            assertThat(Files.readSymbolicLink(daemon.proc("fd/2"))).isEqualTo(daemon.log);
            // 2, 3: no signal ignored, none blocked; 32 and 33 are libc's own, which nobody can send or set.
            assertThat(Long.parseUnsignedLong(daemon.status("SigIgn"), 16) & ~(3L << 31))
                    .isZero();
            assertThat(daemon.status("SigBlk")).isEqualTo("0000000000000000");
            // 4: what the shell's start needed is gone from the environment.
            assertThat(Files.readString(daemon.proc("environ"))).doesNotContain("_RELOADER_ENV");
            // 5 to 8: a session of its own, not its leader, no terminal, no parent but the system's.
            String pid = Long.toString(daemon.pid());
            String[] stat = daemon.stat();
            assertThat(stat[1]).as("parent").isNotEqualTo(Long.toString(daemon.shell.pid()));
            assertThat(stat[2]).as("group").isNotEqualTo(pid);
            assertThat(stat[3]).as("session").isNotEqualTo(pid).isNotEqualTo(ownSession());
            Await.until(
                    "the end of the session's leader",
                    JvmProcess.PATIENCE,
                    () -> ProcessHandle.of(Long.parseLong(stat[3])).isEmpty(),
                    daemon::evidence);
            assertThat(stat[4]).as("controlling terminal").isEqualTo("0");
            // 10, 11: umask and directory are kept, which is told in the documentation.
            assertThat(daemon.status("Umask")).isEqualTo("0077");
            assertThat(Files.readSymbolicLink(daemon.proc("cwd"))).isEqualTo(folder.toRealPath());
            // 12: the pid file is complete when the shell goes on.
            assertThat(daemon.pidFile).hasContent(pid);
            // 13: nothing to drop here. 14, 15: the shell has waited for the line that means ready.
            assertThat(Daemonized.logged(daemon.log)).contains("arguments []");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(daemon.log)))
                    .isEqualTo("rw-r-----");
            assertThat(daemon.shell.lines()).containsExactly("reloader: - daemon " + pid + " is up, log " + daemon.log);
        }
    }

    private static Set<String> targets(Daemonized daemon) {
        Set<String> targets = new TreeSet<>();
        String[] descriptors = daemon.proc("fd").toFile().list();
        for (String descriptor : descriptors == null ? new String[0] : descriptors) {
            try {
                targets.add(Files.readSymbolicLink(daemon.proc("fd").resolve(descriptor))
                        .toString());
            } catch (IOException closed) {
                // Since it was listed.
            }
        }
        return targets;
    }

    private static String ownSession() throws IOException {
        return Files.readString(Path.of("/proc/self/stat"))
                .replaceFirst("(?s)^.*\\) ", "")
                .split(" ", -1)[3];
    }

    @EachJdk
    void itStartsInTheDirectoryAndWithTheUmaskThatAreAskedFor(Jdk jdk, @TempDir Path folder) throws IOException {
        Path place = Files.createDirectory(folder.resolve("place"));
        String options = ",umask=027,chdir=" + place;
        try (Daemonized daemon = Daemonized.start(Java.on(jdk), folder, options, "touch", "made")) {
            daemon.up().awaitLog("touched");
            assertThat(daemon.status("Umask")).isEqualTo("0027");
            assertThat(Files.readSymbolicLink(daemon.proc("cwd"))).isEqualTo(place.toRealPath());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve("made"))))
                    .isEqualTo("rw-r-----");
        }
        try (JvmProcess refused = Java.on(jdk)
                .agent("daemonize=true,log=" + folder.resolve("d.log") + ",chdir=" + place)
                .with("-cp", "classes", DaemonApp.class.getName())
                .in(folder)
                .start()) {
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.lines())
                    .containsExactly("reloader: ! daemonize: not started: chdir=" + place + ": the class path (classes)"
                            + " is relative to the directory that is left; write it in full");
        }
    }

    @EachJdk
    void itRunsAsTheUserAskedForWithThatUsersGroups(Jdk jdk) throws IOException {
        assumeRoot();
        try (OpenFolder folder = OpenFolder.make()) {
            // More groups than the user has, which must be dropped.
            List<String> command = new ArrayList<>(List.of("setpriv", "--groups=0,4,27"));
            command.addAll(folder.app(jdk, ",user=nobody", folder.pidFile().toString()));
            try (Daemonized daemon = new Daemonized(start(command, folder.path()), folder.path())) {
                daemon.up().awaitLog("touched");
                String uid = said("id", "-u", "nobody");
                String gid = said("id", "-g", "nobody");
                assertThat(daemon.status("Uid")).isEqualTo(String.join("\t", uid, uid, uid, uid));
                assertThat(daemon.status("Gid")).isEqualTo(String.join("\t", gid, gid, gid, gid));
                assertThat(daemon.status("Groups")).isEqualTo(said("id", "-G", "nobody"));
                assertThat(daemon.status("CapEff")).isEqualTo("0000000000000000");
                assertThat(Files.readString(daemon.proc("environ"))).contains("USER=nobody", "LOGNAME=nobody");
                assertThat(Files.getOwner(daemon.log)).hasToString("nobody");
                ProcessHandle handle = daemon.handle().orElseThrow();
                handle.destroy();
                daemon.awaitEnd(handle);
                // It may not change the directory, which is root's.
                assertThat(daemon.pidFile).isEmptyFile();
            }
        }
    }

    @EachJdk
    void aUserThatCannotBeHadIsToldBeforeTheApplicationStarts(Jdk jdk) throws IOException {
        assumeRoot();
        try (OpenFolder folder = OpenFolder.make()) {
            assertThat(refusal(folder.app(jdk, ",user=nosuch"), folder)).endsWith("user=nosuch: there is no such user");
            assertThat(refusal(folder.app(jdk, ",user=nobody,group=nosuch"), folder))
                    .endsWith("group=nosuch: there is no such group");
            List<String> command =
                    new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
            command.addAll(folder.app(jdk, ",user=root,log=inherit"));
            command.removeIf(word -> word.isEmpty());
            assertThat(refusal(command, folder)).contains("user=root", "only root may change them");
            assertThat(Daemonized.logged(folder.path().resolve("d.log"))).isEmpty();
        }
    }

    private static String refusal(List<String> command, OpenFolder folder) {
        try (JvmProcess shell = start(command, folder.path())) {
            assertThat(shell.exitCode()).as(shell.log()).isEqualTo(1);
            return shell.journal().get(shell.journal().size() - 1);
        }
    }

    private static void assumeRoot() throws IOException {
        assumeTrue(
                Files.getOwner(Path.of("/proc/self")).getName().equals("root"),
                "only root can change the user: not tested here");
    }

    private static String said(String... command) {
        return JvmProcess.run(List.of(command)).lines().get(0);
    }

    /** A command that runs what is added to it after this beginning. */
    private static List<String> shell(String beginning) {
        return new ArrayList<>(List.of("sh", "-c", beginning + "; exec \"$@\"", "sh"));
    }

    private static JvmProcess start(List<String> command, Path folder) {
        return JvmProcess.start(new ProcessBuilder(command).directory(folder.toFile()));
    }

    /** A folder of root's that every user can read, with the agent and the application in it. */
    private record OpenFolder(Path path) implements AutoCloseable {
        static OpenFolder make() throws IOException {
            Path path = Files.createTempDirectory("reloader-daemon");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.copy(Java.AGENT, path.resolve("reloader.jar"));
            String type = DaemonApp.class.getName().replace('.', '/') + ".class";
            Files.createDirectories(path.resolve(type).getParent());
            Files.copy(Java.TEST_CLASSES.resolve(type), path.resolve(type));
            return new OpenFolder(path);
        }

        Path pidFile() {
            return path.resolve("d.pid");
        }

        List<String> app(Jdk jdk, String options, String... touched) {
            List<String> command = new ArrayList<>(List.of(
                    jdk.java().toString(),
                    "-javaagent:" + path.resolve("reloader.jar") + "="
                            + (options.contains("log=") ? "daemonize=true" : Daemonized.options(path)) + options,
                    "-cp",
                    path.toString(),
                    DaemonApp.class.getName(),
                    "touch"));
            command.addAll(List.of(touched));
            return command;
        }

        @Override
        public void close() throws IOException {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
