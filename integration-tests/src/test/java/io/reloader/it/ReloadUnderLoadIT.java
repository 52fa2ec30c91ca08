// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The main job, on the sample application: new code under load, nothing lost, a clean stop. */
class ReloadUnderLoadIT {
    private static final int RELOADS = 25;

    @EachJdk
    void twentyReloadsUnderLoadFailNoRequestAndLoseNoOrder(Jdk jdk, @TempDir Path folder) {
        try (Sample sample = Sample.start(Java.on(jdk).agent("tasks=receipts"), folder)) {
            sample.process.await("reloader: \\* armed TERM=stop USR1=reload workers USR2=reload tasks");
            JvmProcess load = sample.load(jdk, 300);
            try (load) {
                for (int i = 1; i <= RELOADS; i++) {
                    sample.deployPricing("p" + i);
                    boolean tasks = i % 4 == 0;
                    String verdict = sample.reload(tasks ? "USR2" : "USR1");
                    assertThat(verdict)
                            .as(sample.process.log())
                            .matches("reloader: - reload " + i + " done in .*: 1 class changed \\(1 body\\), (\\d+)/\\1"
                                    + " workers of \\d+ (worker|task) pools? in generation " + i + "(, \\d+ pinned)?"
                                    + "(; \\d+ threads? of (workers|tasks) keeps? the old code until .*)?");
                    // A reload of the task pools leaves the workers on the code that they have.
                    assertThat(sample.get("/counts")).contains("\"pricing\":\"p" + (tasks ? i - 1 : i) + "\"");
                }
                long accepted = sample.stopLoad(load, "p" + RELOADS);
                sample.assertNothingLostOrDoubled(accepted);
            }
            sample.process.signal("TERM");
            assertThat(sample.process.exitCode()).as(sample.process.log()).isZero();
            assertThat(sample.process.lines())
                    .as("nothing but the application's line and ours")
                    .allMatch(line -> line.startsWith("reloader: ") || line.startsWith("orders: listening"))
                    .noneMatch(line -> line.startsWith("reloader: !"));
        }
    }
}
