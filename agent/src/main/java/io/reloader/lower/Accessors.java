// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** Methods by which classes without nests reach each other's private members; their compiler counts them, too. */
public final class Accessors {
    private static final String PREFIX = "access$";

    private Accessors() {}

    /**
     * One that a class calls and that is another's now; null if there is none.
     *
     * @param code of a class that stays as it is
     * @param before the classes that it may call, by name
     */
    public static @Nullable String moved(byte[] code, Map<String, byte[]> before, Map<String, byte[]> after) {
        for (MethodNode method : read(code).methods) {
            for (AbstractInsnNode at : method.instructions) {
                if (at instanceof MethodInsnNode call && call.name.startsWith(PREFIX)) {
                    String now = text(after.get(call.owner), call);
                    if (now != null && !Objects.equals(now, text(before.get(call.owner), call))) {
                        return call.owner.replace('/', '.') + "." + call.name;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String text(byte @Nullable [] type, MethodInsnNode call) {
        if (type == null) {
            return null;
        }
        for (MethodNode method : read(type).methods) {
            if (method.name.equals(call.name) && method.desc.equals(call.desc)) {
                Textifier text = new Textifier();
                method.accept(new TraceMethodVisitor(text));
                return text.text.stream().map(Object::toString).collect(Collectors.joining());
            }
        }
        return null;
    }

    private static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return node;
    }
}
