// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reloader.it.app.PoolApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Which process is meant, and whether it can be reached from here. */
class AttachWhereIT {
    private static final String FALLBACK_MODULES = "java.base,java.instrument,java.logging,jdk.unsupported";

    @EachJdk
    void aPidFileNamesIt(Jdk jdk, @TempDir Path folder) throws IOException {
        try (JvmProcess app = start(Java.on(jdk))) {
            Path file = Files.writeString(folder.resolve("app.pid"), app.pid() + "\n");
            assertThat(Java.reloader(jdk, "attach", file.toString()).exitCode()).isZero();
            app.await("reloader: \\* armed");

            Files.writeString(file, "not a number\n");
            said(Java.reloader(jdk, "attach", file.toString()), 1, "holds no process number");
            Files.writeString(file, "4194304\n");
            said(Java.reloader(jdk, "attach", file.toString()), 3, "there is no process 4194304 of pid file " + file);
            said(Java.reloader(jdk, "attach", folder + "/none"), 3, "there is no pid file");
        }
    }

    @EachJdk
    void itsNameNamesItUnlessThereAreTwo(Jdk jdk, @TempDir Path folder) throws IOException {
        Path jar = folder.resolve("orders-" + ProcessHandle.current().pid() + jdk.feature() + ".jar");
        Files.copy(Java.SAMPLE, jar);
        String name = jar.getFileName().toString().replace(".jar", "");
        Java command = Java.on(jdk).in(folder).with("-jar", jar.toString(), "--port", "0", "--db");
        try (JvmProcess one = command.with(folder.resolve("one").toString()).start()) {
            one.await("orders: listening on");
            said(Java.reloader(jdk, "attach", name + "x"), 3, "no JVM here runs " + name + "x");
            assertThat(Java.reloader(jdk, "attach", name).exitCode()).isZero();
            try (JvmProcess two = Java.on(jdk)
                    .in(folder)
                    .with("-jar", jar.toString(), "--port", "0", "--db")
                    .with(folder.resolve("two").toString())
                    .start()) {
                two.await("orders: listening on");
                JvmProcess told = Java.reloader(jdk, "detach", name);
                said(told, 2, "2 JVMs run " + name);
                assertThat(told.log()).contains(one.pid() + " (", two.pid() + " (", "name one by its number");
            }
            assertThat(Java.reloader(jdk, "detach", name + ".jar").exitCode()).isZero();
        }
    }

    @EachJdk
    void intoAContainer(Jdk jdk) {
        assumeTrue(
                can("/usr/bin/unshare", "--pid", "--mount-proc", "--fork", "true"), "no namespaces can be made here");
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/unshare", "--pid", "--mount", "--mount-proc", "--fork", "--kill-child", "/bin/sh", "-c"));
        // Of its own: the files under /tmp, and so where the jar may be.
        command.add("mount --bind " + Java.TEST_CLASSES + " /mnt && mount -t tmpfs none /tmp && exec \"$@\"");
        command.add("sh");
        command.addAll(
                Java.on(jdk).classPath(Path.of("/mnt")).main(PoolApp.class).command());
        try (JvmProcess container = JvmProcess.start(command)) {
            container.await("ready");
            long pid = child(container.pid());
            JvmProcess attach = Java.reloader(jdk, "attach", Long.toString(pid));
            assertThat(attach.exitCode()).as(attach.log() + container.log()).isZero();
            container.await("reloader: \\* armed");
            JvmProcess detach = JvmProcess.run(List.of(
                    jdk.java().toString(),
                    "--limit-modules",
                    FALLBACK_MODULES,
                    "-jar",
                    Java.AGENT.toString(),
                    "detach",
                    Long.toString(pid)));
            assertThat(detach.exitCode()).as(detach.log() + container.log()).isZero();
            container.tell("quit");
            assertThat(container.exitCode()).as(container.log()).isZero();
        }
    }

    @EachJdk
    void anotherUserIsToldWhoCan(Jdk jdk) throws IOException {
        assumeTrue(can("/usr/bin/setpriv", "--reuid=65534", "--clear-groups", "true"), "no other user can be had here");
        assumeTrue(
                can("/usr/bin/setpriv", "--reuid=65534", "--clear-groups", "cat", Java.AGENT.toString()),
                "the jar cannot be read by another user");
        try (JvmProcess app = start(Java.on(jdk))) {
            JvmProcess refused = JvmProcess.run(List.of(
                    "/usr/bin/setpriv",
                    "--reuid=65534",
                    "--clear-groups",
                    jdk.java().toString(),
                    "-jar",
                    Java.AGENT.toString(),
                    "attach",
                    Long.toString(app.pid())));
            said(refused, 1, "belongs to user root; run this as root");
            assertThat(app.lines()).containsExactly("ready");
        }
    }

    @EachJdk
    void aJvmThatLetsNobodyInIsLeftAlone(Jdk jdk) {
        for (String flag : List.of("-XX:+DisableAttachMechanism", "-XX:-EnableDynamicAgentLoading")) {
            try (JvmProcess app = start(Java.on(jdk).with(flag))) {
                said(Java.reloader(jdk, "attach", Long.toString(app.pid())), 1, "runs with " + flag);
                assertThat(app.lines()).containsExactly("ready");
            }
        }
    }

    private static JvmProcess start(Java java) {
        JvmProcess app = java.classPath(Java.TEST_CLASSES).main(PoolApp.class).start();
        app.await("ready");
        return app;
    }

    private static void said(JvmProcess process, int code, String words) {
        assertThat(process.exitCode()).as(process.log()).isEqualTo(code);
        assertThat(process.lines())
                .as(process.log())
                .singleElement()
                .asString()
                .startsWith("reloader: ! ")
                .contains(words);
    }

    private static boolean can(String... command) {
        return Files.isExecutable(Path.of(command[0]))
                && JvmProcess.run(List.of(command)).exitCode() == 0;
    }

    private static long child(long parent) {
        return ProcessHandle.of(parent)
                .map(ProcessHandle::children)
                .flatMap(Stream::findFirst)
                .orElseThrow(() -> new AssertionError("process " + parent + " has no child"))
                .pid();
    }
}
