// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Writes a class that is loaded as its source says, among others that have had members added. */
public final class Detached {
    private Detached() {}

    /**
     * The class as it can be loaded.
     *
     * @param closed whether the nest that it belongs to does not know it
     */
    public static byte[] of(byte[] bytes, Types types, boolean closed) {
        ClassNode node = Subject.read(bytes);
        if ((node.version & 0xffff) < Opcodes.V1_7) {
            return bytes;
        }
        Map<String, MethodNode> more = new HashMap<>();
        Bridges bridges = new Bridges(types, (use, body) -> {
            body.name = body.name + "$" + Integer.toHexString(use.hashCode());
            more.putIfAbsent(body.name + body.desc, body);
            return new Home(node.name, body.name, body.desc);
        });
        Place place = closed ? Place.besideNest(node.name) : Place.at(node.name);
        for (MethodNode method : node.methods) {
            new Rewrite(types, place, bridges).of(method);
            method.access = closed ? widened(method.access, method) : method.access;
        }
        node.methods.addAll(more.values());
        if (closed) {
            node.nestHostClass = null;
            for (FieldNode field : node.fields) {
                field.access &= ~Opcodes.ACC_PRIVATE;
            }
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    /** Others of its nest use its private members, which is the nest's alone to allow. */
    private static int widened(int access, MethodNode method) {
        if ((access & Opcodes.ACC_PRIVATE) == 0 || method.name.startsWith("lambda$")) {
            return access;
        }
        boolean bound = (access & Opcodes.ACC_STATIC) == 0 && !method.name.equals("<init>");
        return (access & ~Opcodes.ACC_PRIVATE) | (bound ? Opcodes.ACC_FINAL : 0);
    }
}
