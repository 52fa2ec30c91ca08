// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Whether this JVM gives a loaded class more members, as JetBrains' runtime does with
 * {@code -XX:+AllowEnhancedClassRedefinition}: found by trying it once, on a class of no other use. Take-up thread only.
 */
final class EnhancedJvm {
    private final Instrumentation instrumentation;

    /** Null until it is first asked. */
    private @Nullable Boolean known;

    EnhancedJvm(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    boolean takesMembers() {
        Boolean found = known;
        if (found == null) {
            found = tried();
            known = found;
        }
        return found;
    }

    private boolean tried() {
        try {
            instrumentation.redefineClasses(new ClassDefinition(Scratch.class, more()));
            return true;
        } catch (Exception | LinkageError e) {
            return false;
        }
    }

    private static byte[] more() throws IOException {
        String file = Scratch.class.getName().replace('.', '/') + ".class";
        try (InputStream in =
                Objects.requireNonNull(Scratch.class.getClassLoader()).getResourceAsStream(file)) {
            ClassReader reader = new ClassReader(in);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(writer, 0);
            writer.visitField(Opcodes.ACC_PUBLIC, "field", "I", null, null).visitEnd();
            var method = writer.visitMethod(Opcodes.ACC_PUBLIC, "method", "()V", null, null);
            method.visitCode();
            method.visitInsn(Opcodes.RETURN);
            method.visitMaxs(0, 1);
            method.visitEnd();
            return writer.toByteArray();
        }
    }

    /** Takes no part in the program. */
    private static final class Scratch {}
}
