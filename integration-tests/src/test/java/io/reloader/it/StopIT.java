// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.PoolApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: finish, then exit. */
class StopIT {

    @EachJdk
    void termFinishesTheRequestInFlightThenExitsWithZero(Jdk jdk, @TempDir Path folder) throws Exception {
        try (Sample sample = Sample.start(Java.on(jdk).agent("tasks=receipts"), folder)) {
            sample.process.await("reloader: \\* armed");
            JvmProcess load = sample.load(jdk, 100);
            try (load) {
                sample.stopLoad(load, "v1");
            }
            CompletableFuture<HttpResponse<String>> export = sample.begin("/export?pause=40&rows=50");
            Await.until(
                    "the export to run",
                    JvmProcess.PATIENCE,
                    () -> Threads.dump(jdk, sample.process).contains("ExportOrders"),
                    sample.process::log);
            sample.process.signal("TERM");

            HttpResponse<String> answer = export.get(60, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body().lines()).hasSize(51);
            assertThat(sample.process.exitCode()).as(sample.process.log()).isZero();
            assertThat(sample.process.journal()).anyMatch(line -> line.contains("stop: all work finished in"));
        }
    }

    @EachJdk
    void aStuckUnitOfWorkIsNamedAtTheDeadlineAndTheStatusIs143(Jdk jdk) {
        try (JvmProcess app = start(jdk, "term-deadline=500ms")) {
            app.tell("hold");
            app.await("holding in http-\\d");
            app.signal("TERM");

            assertThat(app.exitCode()).as(app.log()).isEqualTo(143);
            assertThat(app.journal())
                    .anyMatch(line -> line.matches("reloader: ! stop: http-\\d of pool http is still running:"))
                    .anyMatch(line -> line.contains("io.reloader.it.app.PoolApp.hold"));
            assertThat(app.lines()).as("the application's shutdown hooks run").contains("hook ran");
        }
    }

    @EachJdk
    void aSecondTermExitsAtOnce(Jdk jdk) {
        try (JvmProcess app = start(jdk, "term-deadline=1h")) {
            app.tell("hold");
            app.await("holding in");
            app.signal("TERM");
            app.await("reloader: - stop: waiting up to");
            app.signal("TERM");
            assertThat(app.exitCode()).as(app.log()).isEqualTo(143);
        }
    }

    @EachJdk
    void anIdleApplicationExitsWithZeroAfterItsHooks(Jdk jdk) {
        try (JvmProcess app = start(jdk, "")) {
            app.signal("TERM");
            assertThat(app.exitCode()).as(app.log()).isZero();
            assertThat(app.lines()).contains("hook ran");
        }
    }

    @EachJdk
    void workThatIsReleasedDuringTheStopFinishesUninterrupted(Jdk jdk) {
        try (JvmProcess app = start(jdk, "")) {
            app.tell("hold");
            app.tell("hold-job");
            app.await("holding in http");
            app.await("holding in jobs");
            app.signal("TERM");
            app.await("reloader: - stop: waiting up to");
            app.tell("release");
            assertThat(app.exitCode()).as(app.log()).isZero();
            assertThat(app.count("released, interrupted=false")).isEqualTo(2);
        }
    }

    private static JvmProcess start(Jdk jdk, String options) {
        JvmProcess app = Java.on(jdk)
                .agent(options)
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start();
        app.await("ready");
        app.await("reloader: \\* armed");
        return app;
    }
}
