// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Which methods of a class make objects of the counted classes in it. */
final class Makers extends ClassVisitor {
    private final Map<String, Set<String>> makers = new HashMap<>();

    private Makers() {
        super(Opcodes.ASM9);
    }

    /** None if its code is not known. */
    static Makers of(byte @Nullable [] bytes) {
        Makers makers = new Makers();
        if (bytes != null) {
            new ClassReader(bytes).accept(makers, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            Counted.nested(bytes).stream()
                    .filter(Counted::is)
                    .forEach(each -> makers.makers.putIfAbsent(each, new TreeSet<>()));
        }
        return makers;
    }

    /** By their names; a lambda's is that of the method which it is in. */
    Set<String> of(String type) {
        return makers.getOrDefault(type, Set.of());
    }

    /** Every counted class that it names. */
    Set<String> all() {
        return makers.keySet();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        String shown = name.startsWith("lambda$") ? name.replaceAll("^lambda\\$|(\\$\\d+)+$", "") : name;
        String method = shown.equals("static") ? "<clinit>" : shown.equals("new") ? "<init>" : shown;
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitTypeInsn(int opcode, String type) {
                if (opcode == Opcodes.NEW && Counted.is(type)) {
                    makers.computeIfAbsent(type, each -> new TreeSet<>()).add(method);
                }
            }
        };
    }
}
