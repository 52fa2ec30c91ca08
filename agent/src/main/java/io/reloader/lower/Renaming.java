// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Writes a class file with other names for classes, its own among them. */
public final class Renaming extends Remapper {
    private final Map<String, String> names;
    private boolean any;

    private Renaming(Map<String, String> names) {
        super(Opcodes.ASM9);
        this.names = names;
    }

    /** The same array if it names none of these. */
    public static byte[] of(byte[] bytes, Map<String, String> names) {
        if (names.isEmpty()) {
            return bytes;
        }
        Renaming renaming = new Renaming(names);
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(new ClassRemapper(writer, renaming), 0);
        return renaming.any ? writer.toByteArray() : bytes;
    }

    @Override
    public String map(String name) {
        String other = names.get(name);
        any |= other != null;
        return other == null ? name : other;
    }

    /** What the source calls it. */
    @Override
    public @Nullable String mapInnerClassName(String name, @Nullable String owner, @Nullable String inner) {
        return inner;
    }
}
