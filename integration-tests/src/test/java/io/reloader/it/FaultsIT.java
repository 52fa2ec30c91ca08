// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.PoolApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.io.TempDir;

/** Damage of every kind, and a disk that takes nothing any more: the old code serves or the new one, whole. */
class FaultsIT {
    private static final int DEPLOYMENTS = Integer.getInteger("fuzz.deployments", 40);
    private static final long SEED = Long.getLong("fuzz.seed", 20_241_123L);

    /** In each, two classes tell their version, and a third is damaged, in the directory or in a jar. */
    @EachJdk
    void aDamagedClassAmongGoodOnesIsAppliedWithThemOrNotAtAll(Jdk jdk, @TempDir Path folder) throws IOException {
        Random random = new Random(SEED);
        Path classes = folder.resolve("classes");
        Path jar = folder.resolve("tax.jar");
        byte[][] jars = {build(folder, 0), build(folder, 1)};
        byte[][] tax = {tax(folder, 0), tax(folder, 1)};
        Sources.deploy(folder.resolve("built-0"), classes);
        replace(jar, jars[0]);
        int refused = 0;
        try (JvmProcess app = start(jdk, classes, jar)) {
            int now = 0;
            for (int number = 1; number <= DEPLOYMENTS; number++) {
                int next = 1 - now;
                Sources.deploy(folder.resolve("built-" + next), classes);
                boolean inJar = number % 2 == 0;
                replace(jar, inJar ? mutated(jars[next], random) : jars[next]);
                replace(classes.resolve("com/acme/Tax.class"), inJar ? tax[next] : mutated(tax[next], random));
                boolean taken = reload(app, number).equals("done");
                now = taken ? next : now;
                refused += taken ? 0 : 1;
                greets(app, now + " " + now);
            }
            assertThat(refused).as(app.log()).isBetween(1, DEPLOYMENTS);
            Sources.deploy(folder.resolve("built-" + (1 - now)), classes);
            replace(jar, jars[1 - now]);
            assertThat(reload(app, DEPLOYMENTS + 1)).as(app.log()).isEqualTo("done");
            greets(app, 1 - now + " " + (1 - now));
        }
    }

    @EachJdk
    void aReloadNeedsNoRoomOnAnyDisk(Jdk jdk, @TempDir Path folder) throws IOException {
        Path classes = folder.resolve("classes");
        Path jar = folder.resolve("tax.jar");
        byte[][] jars = {build(folder, 0), build(folder, 1)};
        Sources.deploy(folder.resolve("built-0"), classes);
        replace(jar, jars[0]);
        try (JvmProcess app = start(jdk, classes, jar)) {
            // Every write of a byte to a file now fails in that process, as it does on a full disk.
            JvmProcess.run(List.of("prlimit", "--pid", Long.toString(app.pid()), "--fsize=0"));
            Sources.deploy(folder.resolve("built-1"), classes);
            replace(jar, jars[1]);

            assertThat(reload(app, 1)).as(app.log()).isEqualTo("done");

            greets(app, "1 1");
        }
    }

    /** The class files of one version, and a jar of one of them. */
    private static byte[] build(Path folder, int version) throws IOException {
        Path built = folder.resolve("built-" + version);
        compile(built, version);
        Path levy = built.resolve("com/acme/Levy.class");
        byte[] jar = Jars.of("com/acme/Levy.class", Files.readAllBytes(levy));
        Files.delete(levy);
        return jar;
    }

    private static byte[] tax(Path folder, int version) throws IOException {
        return Files.readAllBytes(folder.resolve("built-" + version).resolve("com/acme/Tax.class"));
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
        }
        return random.nextInt(6) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static String reload(JvmProcess app, int number) {
        int mark = app.mark();
        app.signal("USR1");
        Matcher ended = app.await("reloader: - reload " + number + " (done|refused) in ", mark);
        return ended.group(1);
    }

    private static void greets(JvmProcess app, String versions) {
        int mark = app.mark();
        app.tell("greet");
        app.await("greeting: " + versions + " from", mark);
    }

    private static void compile(Path out, int version) {
        Sources.compile(out, "", """
                package com.acme;
                public class Greeting {
                    Object[] all = { Tax.class, Levy.class };
                    @Override public String toString() { return "%d " + Other.version(); }
                }
                """.formatted(version), """
                package com.acme;
                public class Other { public static int version() { return %d; } }
                """.formatted(version), """
                package com.acme;
                public class Tax implements Runnable {
                    long all;
                    public void run() { for (int i = 0; i < 9; i++) { Runnable r = () -> all += %d; r.run(); } }
                    String named(Object o) { return o instanceof String s ? s + all : "none"; }
                }
                """.formatted(version), """
                package com.acme;
                public class Levy { int rate() { try { return %d; } catch (RuntimeException e) { return 2; } } }
                """.formatted(
                        version));
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path beside = Files.write(file.resolveSibling("new"), bytes);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static JvmProcess start(Jdk jdk, Path classes, Path jar) {
        JvmProcess app = Java.on(jdk)
                .agent("quiet-period=10ms")
                .with("-XX:-UsePerfData", "-XX:-CreateCoredumpOnCrash")
                .classPath(Java.TEST_CLASSES, classes, jar)
                .main(PoolApp.class)
                .start();
        app.await("ready");
        app.await("reloader: \\* armed");
        app.tell("greet");
        app.await("greeting: 0 0 from");
        return app;
    }
}
