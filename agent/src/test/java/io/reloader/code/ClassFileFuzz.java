// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is in a class file, it is refused in one line, or its readers come to an end within the memory there is. */
public final class ClassFileFuzz {
    private static final int FEATURE = Runtime.version().feature();

    private ClassFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            ClassFile.of(input, FEATURE).types();
        } catch (ClassFile.Damaged refusal) {
            assertThat(refusal.getMessage()).isNotEmpty().doesNotContain("\n");
            return;
        }
        reads(() -> References.in(input));
        reads(() -> Shape.of(input, new Shape.Origin(null, null, true)));
        reads(() -> Renumbered.text(input));
        reads(() ->
                assertThat(ClassDiff.between(input, input.clone()).isEmpty()).isTrue());
        reads(() -> DualBody.of(input, input));
    }

    private static void reads(Runnable reader) {
        try {
            reader.run();
        } catch (RuntimeException | StackOverflowError e) {
            // What the review and the link check take for a damaged file.
            return;
        }
    }
}
