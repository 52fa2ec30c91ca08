// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ReloaderLinkageHooks;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Errors that the JVM itself makes are seen, each kind once. */
class LinkageWeavingTest {
    private final Instrumentation instrumentation = ByteBuddyAgent.install();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final PoolWeaver weaver =
            new PoolWeaver(instrumentation, troubles::add, () -> new Loom(new Weavings(new LinkageWeaving())));
    private final List<String> made = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        ReloaderLinkageHooks.watching = false;
        ReloaderLinkageHooks.handler = null;
        weaver.uninstall();
    }

    @Test
    void everyLinkageErrorOfTheJvmIsSeenWithItsStack() {
        Thread me = Thread.currentThread();
        ReloaderLinkageHooks.handler = error -> {
            if (Thread.currentThread() == me) {
                made.add(error.getClass().getSimpleName() + ": " + error.getMessage() + " at "
                        + error.getStackTrace()[0].getClassName() + ", " + error.getCause());
            }
        };
        weaver.install();
        assertThat(troubles).isEmpty();
        ReloaderLinkageHooks.watching = true;
        attempt(() -> Failing.touch());
        attempt(() -> Failing.touch());
        for (String kind : List.of("class", "method", "field", "interface", "abstract", "damaged", "verify")) {
            attempt(new Broken(kind)::run);
        }
        ReloaderLinkageHooks.watching = false;
        attempt(() -> Failing.touch());
        // HotSpot keeps a copy of an initialiser's error for those who need the class later.
        made.removeIf(each -> each.startsWith("ExceptionInInitializerError: Exception "));
        assertThat(made.stream().map(each -> each.substring(0, each.indexOf(':'))))
                .containsExactly(
                        "ExceptionInInitializerError",
                        "NoClassDefFoundError",
                        "NoClassDefFoundError",
                        "NoSuchMethodError",
                        "NoSuchFieldError",
                        "IncompatibleClassChangeError",
                        "AbstractMethodError",
                        "ClassFormatError",
                        "VerifyError");
        assertThat(made)
                .anyMatch(each -> each.contains("NumberFormatException: For input string"))
                .anyMatch(each -> each.contains("Could not initialize class " + Failing.class.getName()))
                .anyMatch(each -> each.equals("NoClassDefFoundError: broken/Missing at broken.Code, null"));
    }

    private static void attempt(Runnable code) {
        try {
            code.run();
        } catch (LinkageError e) {
            return;
        }
        throw new AssertionError("it linked");
    }

    /** Its initialiser fails. */
    private static final class Failing {
        private static final int NUMBER = Integer.parseInt("none");

        static void touch() {
            if (NUMBER > 0) {
                throw new AssertionError("it was initialised");
            }
        }
    }

    /** A class whose code does not link in the way that it is named for. */
    private static final class Broken extends ClassLoader {
        private final String kind;

        Broken(String kind) {
            super(Broken.class.getClassLoader());
            this.kind = kind;
        }

        void run() {
            byte[] bytes = bytes();
            try {
                ((Runnable) defineClass("broken.Code", bytes, 0, bytes.length)
                                .getDeclaredConstructor()
                                .newInstance())
                        .run();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private byte[] bytes() {
            ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            out.visit(Opcodes.V1_5, Opcodes.ACC_PUBLIC, "broken/Code", null, "java/lang/Object", new String[] {
                "java/lang/Runnable"
            });
            MethodVisitor constructor = out.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
            constructor.visitVarInsn(Opcodes.ALOAD, 0);
            constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            constructor.visitInsn(Opcodes.RETURN);
            constructor.visitMaxs(1, 1);
            constructor.visitEnd();
            if (!kind.equals("abstract")) {
                MethodVisitor run = out.visitMethod(Opcodes.ACC_PUBLIC, "run", "()V", null, null);
                body(run);
                run.visitInsn(Opcodes.RETURN);
                run.visitMaxs(2, 1);
                run.visitEnd();
            }
            out.visitEnd();
            byte[] bytes = out.toByteArray();
            return kind.equals("damaged") ? java.util.Arrays.copyOf(bytes, bytes.length - 3) : bytes;
        }

        private void body(MethodVisitor run) {
            switch (kind) {
                case "class" -> run.visitMethodInsn(Opcodes.INVOKESTATIC, "broken/Missing", "run", "()V", false);
                case "method" ->
                    run.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "missing", "()V", false);
                case "field" -> run.visitFieldInsn(Opcodes.GETSTATIC, "java/lang/Integer", "missing", "I");
                case "interface" ->
                    run.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Runnable", "missing", "()V", false);
                case "verify" -> run.visitInsn(Opcodes.IADD);
                default -> run.visitInsn(Opcodes.NOP);
            }
            if (kind.equals("field")) {
                run.visitInsn(Opcodes.POP);
            }
        }
    }
}
