// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.MixingApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.junit.jupiter.api.io.TempDir;

/** Another agent retransforms the changed classes: with two versions in them, as they settle, and after. */
class OtherAgentIT {
    private static final int RELOADS = 3;
    private static final String OPTIONS = "quiet-period=10ms,workers=http-*";

    @EachJdk
    void whatAnAgentAfterOursWeavesInIsKeptAndItPutsNoOldCodeBack(Jdk jdk, @TempDir Path folder) throws IOException {
        staysWoven(folder, ours(Java.on(jdk)).with(other(folder)), app -> {});
    }

    @EachJdk
    void whatAnAgentBeforeOursWeavesInIsKeptAndItPutsNoOldCodeBack(Jdk jdk, @TempDir Path folder) throws IOException {
        staysWoven(folder, ours(Java.on(jdk).with(other(folder))), app -> {});
    }

    @EachJdk
    void whatAnAgentOfTheStartWeavesInIsKeptAfterALateAttach(Jdk jdk, @TempDir Path folder) throws IOException {
        staysWoven(folder, Java.on(jdk).with(other(folder)), app -> {
            app.await("ready");
            JvmProcess attach = Java.reloader(jdk, "attach", Long.toString(app.pid()), OPTIONS);
            assertThat(attach.exitCode()).as(attach.log() + app.log()).isZero();
        });
    }

    private static Java ours(Java java) {
        return java.agent(OPTIONS);
    }

    private static String other(Path folder) throws IOException {
        return "-javaagent:" + CohabitationIT.otherAgent(folder);
    }

    /** As the changed class shows after each reload. */
    private static void staysWoven(Path folder, Java java, Consumer<JvmProcess> started) throws IOException {
        Path classes = folder.resolve("classes");
        MixingIT.compile(classes, 0);
        try (JvmProcess app = java.classPath(classes, Java.TEST_CLASSES)
                .main(MixingApp.class, "platform")
                .start()) {
            started.accept(app);
            app.await("reloader: \\* armed");
            app.await("ready");
            for (int version = 1; version <= RELOADS; version++) {
                MixingIT.compile(folder.resolve("built"), version);
                app.tell("hold");
                app.await("held " + version);
                Sources.deploy(folder.resolve("built"), classes);
                int from = app.mark();
                app.signal("USR1");
                app.await("reload " + version + ": 3 classes changed", from);
                retransforms(app);
                app.tell("release");
                // One that meets the settling, as it may.
                retransforms(app);
                app.await("reloader: - reload " + version + " done in .*: 3 classes changed \\(3 body\\)", from);
                retransforms(app);
                assertThat(mark(app, version)).isEqualTo("woven");
            }
            int from = app.mark();
            app.tell("count");
            Matcher counted = app.await("tasks=(\\d+) mixed=(\\d+)", from);
            assertThat(counted.group(2)).as(app.log()).isEqualTo("0");
            assertThat(app.count("reloader: !")).as(app.log()).isZero();
        }
    }

    private static void retransforms(JvmProcess app) {
        int from = app.mark();
        app.tell("retransform");
        app.await("retransformed [1-9]", from);
    }

    /** Asked on the main thread, which runs the new version once it has settled. */
    private static String mark(JvmProcess app, int version) {
        int from = app.mark();
        app.tell("mark");
        Matcher mark = app.await("mark=(\\w+) (\\d+)", from);
        assertThat(mark.group(2)).as(app.log()).isEqualTo(Integer.toString(version));
        return mark.group(1);
    }
}
