// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.MixingApp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of the code in turns, side by side each time, under load: nothing grows. */
class EnduranceIT {
    /** With -Psoak, 1,000. */
    private static final int RELOADS = Integer.getInteger("soak.reloads", 48);

    private static final int SAMPLES = 12;

    /** The first third is warm-up: pools of constants, compiled code and caches fill. */
    private static final int WARM = SAMPLES / 3;

    /**
     * Not a lambda: HotSpot links each lambda of a redefined class anew, with a hidden class that lives as long as the
     * class loader, about 10 KB of metaspace each time, with or without reloader.
     */
    private static final String SUPPLIER =
            "new java.util.function.IntSupplier() { public int getAsInt() { return %d; } }";

    /** As the application says its sizes, in KiB. */
    private static final int MIB = 1024;

    @EachJdk
    void manyReloadsUnderLoadLeaveNothingBehind(Jdk jdk, @TempDir Path folder) {
        Path classes = folder.resolve("classes");
        for (int i = 0; i < 2; i++) {
            MixingIT.compile(folder.resolve("built-" + i), i, SUPPLIER.formatted(i));
        }
        Sources.deploy(folder.resolve("built-0"), classes);
        List<Matcher> samples = new ArrayList<>();
        try (JvmProcess app = Java.on(jdk)
                .agent("quiet-period=10ms,workers=http-*")
                .with("-Xmx256m")
                .classPath(classes, Java.TEST_CLASSES)
                .main(MixingApp.class, "platform")
                .start()) {
            app.await("reloader: \\* armed");
            app.await("ready");
            for (int i = 1; i <= RELOADS; i++) {
                Sources.deploy(folder.resolve("built-" + i % 2), classes);
                int mark = app.mark();
                app.signal("USR1");
                app.await("reloader: - reload " + i + " done in .*: 4 classes changed \\(4 body\\), 8/8 workers", mark);
                if (i % (RELOADS / SAMPLES) == 0) {
                    samples.add(measured(app));
                }
            }
            app.tell("count");
            assertThat(app.await("tasks=\\d+ mixed=(\\d+)").group(1))
                    .as(app.log())
                    .isEqualTo("0");
            flat("heap", 3 * MIB, samples, app);
            flat("metaspace", 2 * MIB, samples, app);
            flat("threads", 2, samples, app);
            flat("files", 2, samples, app);
        }
    }

    private static Matcher measured(JvmProcess app) {
        int mark = app.mark();
        app.tell("measure");
        return app.await(
                "heap=(?<heap>\\d+) metaspace=(?<metaspace>\\d+) threads=(?<threads>\\d+) files=(?<files>\\d+)", mark);
    }

    /** The median of the late samples is at most so much above that of the early ones. */
    private static void flat(String what, long slack, List<Matcher> samples, JvmProcess app) {
        List<Long> values =
                samples.stream().map(each -> Long.parseLong(each.group(what))).toList();
        int middle = (WARM + values.size()) / 2;
        long early = median(values.subList(WARM, middle));
        long late = median(values.subList(middle, values.size()));
        System.out.println(what + " over " + RELOADS + " reloads: " + values);
        assertThat(late).as("%s of %s%n%s", what, values, app.log()).isLessThanOrEqualTo(early + slack);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
