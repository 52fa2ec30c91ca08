// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Code that looks members up by their names, which finds none of those that were added. A pure function. */
public final class Mentions {
    private static final Set<String> BY_CLASS =
            Set.of("getMethod", "getDeclaredMethod", "getField", "getDeclaredField");

    private Mentions() {}

    /** What each method, by name and descriptor, names of these, if it looks members up. */
    public static Map<String, Set<String>> in(byte[] bytes, Set<String> names) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (MethodNode method : Subject.read(bytes).methods) {
            Set<String> mentioned = new HashSet<>();
            boolean looks = false;
            for (AbstractInsnNode at : method.instructions) {
                looks |= at instanceof MethodInsnNode call && looksUp(call);
                if (at instanceof LdcInsnNode constant && constant.cst instanceof String text && names.contains(text)) {
                    mentioned.add(text);
                }
            }
            if (looks && !mentioned.isEmpty()) {
                found.put(method.name + method.desc, mentioned);
            }
        }
        return found;
    }

    private static boolean looksUp(MethodInsnNode call) {
        return switch (call.owner) {
            case "java/lang/Class" -> BY_CLASS.contains(call.name);
            case "java/lang/invoke/MethodHandles$Lookup" ->
                call.getOpcode() == Opcodes.INVOKEVIRTUAL && call.name.startsWith("find");
            case "java/io/ObjectStreamField" -> call.name.equals("<init>");
            default -> call.owner.startsWith("java/util/concurrent/atomic/") && call.name.equals("newUpdater");
        };
    }
}
