// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.SimpleVerifier;

/**
 * Follows the types through the code of a class that is not loaded, so that no JVM can be asked. It infers them rather
 * than read the class file's frames: what it infers is at least as narrow as any frames that the JVM would take, so
 * what it finds the JVM would find too. What cannot be known is taken to fit. A pure function.
 */
final class Verification extends SimpleVerifier {
    /** Before this one, code may have subroutines. */
    private static final int FRAMES = Opcodes.V1_6;

    private static final int STEPS = 2_000_000;

    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private final Linkage linkage;
    private int steps;

    private Verification(ClassNode of, Linkage linkage) {
        super(Opcodes.ASM9, Type.getObjectType(of.name), null, List.of(), false);
        this.linkage = linkage;
    }

    /** Why methods would be rejected, by the method in the programmer's words. */
    static Map<String, String> faults(byte[] bytes, Linkage linkage) {
        ClassNode type = ClassDiff.read(bytes, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        Map<String, String> faults = new TreeMap<>();
        if ((type.version & 0xffff) >= FRAMES) {
            for (MethodNode method : type.methods) {
                String fault = fault(type, method, linkage);
                if (fault != null) {
                    faults.put(Names.method(type.name, method.name, method.desc), fault);
                }
            }
        }
        return faults;
    }

    private static @Nullable String fault(ClassNode type, MethodNode method, Linkage linkage) {
        try {
            new Analyzer<>(new Verification(type, linkage)).analyze(type.name, method);
            return null;
        } catch (AnalyzerException e) {
            Throwable cause = e.getCause();
            boolean certain = !(cause instanceof RuntimeException) || cause instanceof IndexOutOfBoundsException;
            return certain ? String.valueOf(e.getMessage()).lines().findFirst().orElse("") : null;
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            // It is lost: the JVM may still know better.
            return null;
        }
    }

    @Override
    public BasicValue merge(BasicValue one, BasicValue other) {
        step();
        return super.merge(one, other);
    }

    /** Its own way asks class loaders. */
    @Override
    protected boolean isSubTypeOf(BasicValue value, BasicValue expected) {
        Type given = value.getType();
        Type wanted = expected.getType();
        if (given == null || wanted == null) {
            return false;
        }
        boolean reference = wanted.getSort() == Type.OBJECT || wanted.getSort() == Type.ARRAY;
        return reference ? given.equals(NULL_TYPE) || isAssignableFrom(wanted, given) : given.equals(wanted);
    }

    @Override
    protected boolean isAssignableFrom(Type wanted, Type given) {
        if (wanted.equals(given) || wanted.equals(OBJECT)) {
            return true;
        }
        boolean array = given.getSort() == Type.ARRAY;
        if (wanted.getSort() == Type.ARRAY) {
            return array && isAssignableFrom(component(wanted), component(given));
        }
        if (wanted.getSort() != Type.OBJECT || (given.getSort() != Type.OBJECT && !array)) {
            return false;
        }
        String from = array ? OBJECT.getInternalName() : given.getInternalName();
        String to = wanted.getInternalName();
        // Two types that the reload leaves alone: that is how the class was shipped, and nobody may ever load it.
        return linkage.assignable(to, from) || !(linkage.changes(to) || linkage.changes(from));
    }

    private static Type component(Type array) {
        return Type.getType(array.getDescriptor().substring(1));
    }

    @Override
    protected boolean isInterface(Type type) {
        return type.getSort() == Type.OBJECT && linkage.isInterface(type.getInternalName());
    }

    @Override
    protected Type getSuperClass(Type type) {
        step();
        String name = type.getSort() == Type.OBJECT ? linkage.superclass(type.getInternalName()) : null;
        return name == null ? OBJECT : Type.getObjectType(name);
    }

    /** A damaged hierarchy may go round in circles. */
    private void step() {
        if (++steps > STEPS) {
            throw new IllegalStateException("too many steps");
        }
    }
}
