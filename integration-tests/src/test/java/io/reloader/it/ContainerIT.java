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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JVM as process 1, as a container has it, and what the Kubernetes manifest promises on the agent's behalf. */
class ContainerIT {
    private static final List<String> NAMESPACE = List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");
    private static final Path MANIFEST = Path.of("../scripts/kubernetes/app.yaml");

    @EachJdk
    void process1TakesReloadsAndStopsAndDoesNotDaemonize(Jdk jdk) {
        List<String> probe = new ArrayList<>(NAMESPACE);
        probe.add("true");
        boolean possible = JvmProcess.run(probe).exitCode() == 0;
        if (!possible) {
            System.out.println("No process namespace can be made here: the JVM as process 1 is not tested");
        }
        assumeTrue(possible, "unshare");

        List<String> command = new ArrayList<>(NAMESPACE);
        command.addAll(List.of(
                jdk.java().toString(),
                "-javaagent:" + Java.AGENT + "=daemonize=true",
                "-cp",
                Java.TEST_CLASSES.toString(),
                PoolApp.class.getName()));
        try (JvmProcess container = JvmProcess.start(command)) {
            container.await("reloader: - daemonize: staying in the foreground: this is process 1 of its container");
            container.await("ready");
            container.await("reloader: \\* armed");
            inside(container, "kill -USR1 1");
            container.await("reloader: - reload 1 done in .*4/4 workers");
            inside(container, "kill -TERM 1");
            assertThat(container.exitCode()).as(container.log()).isZero();
            assertThat(container.lines()).contains("hook ran");
        }
    }

    /** What {@code kubectl exec} does. */
    private static void inside(JvmProcess container, String command) {
        long jvm = ProcessHandle.of(container.pid())
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow()
                .pid();
        JvmProcess exec =
                JvmProcess.run(List.of("nsenter", "-t", Long.toString(jvm), "-m", "-p", "--", "sh", "-c", command));
        assertThat(exec.exitCode()).as(exec.log()).isZero();
    }

    @Test
    void theManifestGivesAStopMoreTimeThanTheAgentTakes() throws IOException {
        String manifest = Files.readString(MANIFEST);
        int grace = number(manifest, "terminationGracePeriodSeconds: (\\d+)");
        assertThat(grace)
                .isGreaterThan(number(manifest, "term-delay=(\\d+)s") + number(manifest, "term-deadline=(\\d+)s"));
        assertThat(manifest).doesNotContain("preStop:").containsPattern("command:\\s+- java\n");
    }

    private static int number(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertThat(matcher.find()).as(regex).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
