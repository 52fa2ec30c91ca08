// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The image cannot be written; what is laid over it serves, from the start and after a reload, until it is removed. */
class OverlayIT {
    private static final String SHOP = """
            package com.acme;
            import java.io.BufferedReader;
            import java.io.InputStreamReader;
            public class Shop {
                public static void main(String[] args) throws Exception {
                    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        System.out.println("answer " + Word.word());
                    }
                }
            }
            """;

    private static final String WORD = """
            package com.acme;
            class Word {
                static String word() { return "%s"; }
            }
            """;

    @EachJdk
    void whatIsLaidOverTheDeployedClassesServesUntilItIsRemoved(Jdk jdk, @TempDir Path folder) throws IOException {
        Path classes = folder.resolve("classes");
        Path overlay = folder.resolve("overlay");
        Sources.compile(classes, "", SHOP, WORD.formatted("deployed"));
        lay(overlay, "first");
        try (JvmProcess shop = Java.on(jdk)
                .agent(Served.OPTIONS + ",overlay=" + overlay)
                .classPath(classes)
                .with("com.acme.Shop")
                .start()) {
            shop.await("reloader: \\* armed");
            answers(shop, "first");
            lay(overlay, "second");
            reload(shop, 1);
            answers(shop, "second");
            Files.delete(overlay.resolve("com/acme/Word.class"));
            reload(shop, 2);
            answers(shop, "deployed");
            shop.end();
            assertThat(shop.exitCode()).as(shop.log()).isZero();
        }
    }

    private static void reload(JvmProcess shop, int number) {
        shop.signal("USR1");
        shop.await("reloader: - reload " + number + " done in .*: 1 class changed \\(1 body\\)");
    }

    private static void answers(JvmProcess shop, String word) {
        int mark = shop.mark();
        shop.tell("ask");
        assertThat(shop.await("answer (.*)", mark).group(1)).as(shop.log()).isEqualTo(word);
    }

    private static void lay(Path overlay, String word) throws IOException {
        Sources.compile(overlay, "", WORD.formatted(word));
        try (Stream<Path> files = Files.walk(overlay)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
