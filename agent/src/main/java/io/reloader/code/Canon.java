// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.Comparator;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The same bytes for the same code, however its compiler, or HotSpot, laid out the constant pool. */
final class Canon {
    private Canon() {}

    static byte[] of(MethodNode method) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, 0, "M", null, null, null);
        method.accept(writer);
        return writer.toByteArray();
    }

    /** HotSpot gives methods back in an order of its own. */
    static byte[] of(ClassNode node) {
        node.methods.sort(
                Comparator.comparing((MethodNode method) -> method.name).thenComparing(method -> method.desc));
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }
}
