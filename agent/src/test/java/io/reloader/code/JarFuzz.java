// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Whatever is in a jar, and in a jar within it, it is read or refused in one line, within the memory there is. */
public final class JarFuzz {
    private JarFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try (Archive outer = new Archive(Content.of(ByteBuffer.wrap(input)))) {
            outer.has("BOOT-INF/classes");
            for (String inside : List.of("", "BOOT-INF/classes", "lib.jar")) {
                classes(outer, inside);
            }
        } catch (IOException refusal) {
            says(refusal);
        }
    }

    private static void classes(Archive outer, String inside) {
        try {
            Jar jar = Jar.at(outer, inside);
            for (Archive.Entry entry : jar.classes().values()) {
                read(jar, entry);
            }
        } catch (IOException refusal) {
            says(refusal);
        }
    }

    private static void read(Jar jar, Archive.Entry entry) {
        try {
            assertThat(jar.archive().read(entry)).hasSize((int) entry.size());
        } catch (IOException refusal) {
            says(refusal);
        }
    }

    private static void says(IOException refusal) {
        assertThat(String.valueOf(refusal.getMessage())).isNotEmpty().doesNotContain("\n");
    }
}
