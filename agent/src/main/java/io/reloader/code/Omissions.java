// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * What a class file says and HotSpot does not say again of the class that it loaded from it (JDK source:
 * {@code jvmtiClassFileReconstituter.cpp}; method parameters from 20 on, JDK-8240908). No code depends on it. What the
 * live class lacks of it is not held against a file that has it.
 */
final class Omissions {
    private Omissions() {}

    /** Leaves it out of the new class too. */
    static void level(ClassNode live, ClassNode next) {
        if (live.outerClass == null) {
            next.outerClass = null;
            next.outerMethod = null;
            next.outerMethodDesc = null;
        }
        next.access = undeprecated(live.access, next.access);
        next.invisibleAnnotations = unlessMissing(live.invisibleAnnotations, next.invisibleAnnotations);
        next.invisibleTypeAnnotations = unlessMissing(live.invisibleTypeAnnotations, next.invisibleTypeAnnotations);
        next.attrs = unlessMissing(live.attrs, next.attrs);
        Map<String, FieldNode> fields = new HashMap<>();
        live.fields.forEach(field -> fields.put(field.name + field.desc, field));
        next.fields.forEach(field -> {
            FieldNode known = fields.get(field.name + field.desc);
            if (known != null) {
                level(known, field);
            }
        });
        Map<String, MethodNode> methods = MethodDiff.bySignature(live);
        next.methods.forEach(method -> {
            MethodNode known = methods.get(method.name + method.desc);
            if (known != null) {
                level(known, method);
            }
        });
    }

    private static void level(FieldNode live, FieldNode next) {
        if ((live.access & Opcodes.ACC_STATIC) == 0) {
            // A constant's value means nothing here (JVMS 4.7.2); javac writes it all the same.
            live.value = null;
            next.value = null;
        }
        next.access = undeprecated(live.access, next.access);
        next.invisibleAnnotations = unlessMissing(live.invisibleAnnotations, next.invisibleAnnotations);
        next.invisibleTypeAnnotations = unlessMissing(live.invisibleTypeAnnotations, next.invisibleTypeAnnotations);
        next.attrs = unlessMissing(live.attrs, next.attrs);
    }

    private static void level(MethodNode live, MethodNode next) {
        next.access = undeprecated(live.access, next.access);
        next.parameters = unlessMissing(live.parameters, next.parameters);
        next.invisibleAnnotations = unlessMissing(live.invisibleAnnotations, next.invisibleAnnotations);
        next.invisibleTypeAnnotations = unlessMissing(live.invisibleTypeAnnotations, next.invisibleTypeAnnotations);
        if (live.invisibleParameterAnnotations == null) {
            next.invisibleParameterAnnotations = null;
            next.invisibleAnnotableParameterCount = live.invisibleAnnotableParameterCount;
        }
        next.attrs = unlessMissing(live.attrs, next.attrs);
        withoutTypesInCode(live);
        withoutTypesInCode(next);
    }

    /** Annotations of types within a body, which nothing reads at run time. */
    private static void withoutTypesInCode(MethodNode method) {
        for (AbstractInsnNode each : method.instructions) {
            each.visibleTypeAnnotations = null;
            each.invisibleTypeAnnotations = null;
        }
        for (TryCatchBlockNode each : method.tryCatchBlocks) {
            each.visibleTypeAnnotations = null;
            each.invisibleTypeAnnotations = null;
        }
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
    }

    private static <T> @Nullable T unlessMissing(@Nullable T live, @Nullable T next) {
        return live == null ? null : next;
    }

    private static int undeprecated(int live, int next) {
        return (live & Opcodes.ACC_DEPRECATED) == 0 ? next & ~Opcodes.ACC_DEPRECATED : next;
    }
}
