// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.MixingApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import org.junit.jupiter.api.io.TempDir;

/** Another agent retransforms the changed classes: with two versions in them, as they settle, and after. */
class OtherAgentIT {
    private static final int RELOADS = 3;

    @EachJdk
    void whatAnAgentAfterOursWeavesInIsKeptAndItPutsNoOldCodeBack(Jdk jdk, @TempDir Path folder) throws IOException {
        assertThat(marks(jdk, folder, false)).isEqualTo("woven");
    }

    /** Nobody can ask it to weave into other bytes than those that it was given; so ours should be first. */
    @EachJdk
    void anAgentBeforeOursPutsNoOldCodeBackAndWeavesIntoNoNewCode(Jdk jdk, @TempDir Path folder) throws IOException {
        assertThat(marks(jdk, folder, true)).isEqualTo("plain");
    }

    /** What the changed class shows of the other agent, after as many reloads. */
    private static String marks(Jdk jdk, Path folder, boolean before) throws IOException {
        String other = "-javaagent:" + CohabitationIT.otherAgent(folder);
        Path classes = folder.resolve("classes");
        MixingIT.compile(classes, 0);
        Java java = Java.on(jdk);
        java = before ? java.with(other) : java;
        java = java.agent("quiet-period=10ms,workers=http-*");
        java = before ? java : java.with(other);
        try (JvmProcess app = java.classPath(classes, Java.TEST_CLASSES)
                .main(MixingApp.class, "platform")
                .start()) {
            app.await("reloader: \\* armed");
            app.await("ready");
            String mark = "";
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
                mark = mark(app, version);
            }
            int from = app.mark();
            app.tell("count");
            Matcher counted = app.await("tasks=(\\d+) mixed=(\\d+)", from);
            assertThat(counted.group(2)).as(app.log()).isEqualTo("0");
            assertThat(app.count("reloader: !")).as(app.log()).isZero();
            return mark;
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
