// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Retransforms classes up to the point where HotSpot would apply them. HotSpot reads, compares and verifies a batch
 * class by class, outside of any safepoint, and applies all of it or nothing; the last class of ours is one that it
 * must reject. So every transformer is asked, every check is made and nothing changes. Runs on the take-up thread.
 */
final class Rehearsal {
    private final Instrumentation instrumentation;
    private final LiveClasses classes;

    Rehearsal(Instrumentation instrumentation, LiveClasses classes) {
        this.instrumentation = instrumentation;
        this.classes = classes;
    }

    /** Why the JVM would reject these classes, with the bytes that the pass gives; empty if it would take them. */
    Optional<Throwable> run(Class<?>[] types, Pass pass) {
        Class<?>[] batch = Arrays.copyOf(types, types.length + 1);
        batch[types.length] = Last.class;
        return run(() -> instrumentation.retransformClasses(batch), pass);
    }

    /**
     * The same for these bytes in place of those that the classes were loaded with: agents before ours are asked what
     * they make of them, and those that are not asked at a retransformation, too.
     */
    Optional<Throwable> run(Map<Class<?>, byte[]> bytes, Pass pass) {
        List<ClassDefinition> batch = new ArrayList<>();
        bytes.forEach((type, each) -> batch.add(new ClassDefinition(type, each)));
        batch.add(new ClassDefinition(Last.class, new byte[] {0}));
        return run(() -> instrumentation.redefineClasses(batch.toArray(ClassDefinition[]::new)), pass);
    }

    private Optional<Throwable> run(Batch batch, Pass pass) {
        Rejected rejected = new Rejected(Thread.currentThread());
        // Registered last, so that no other transformer meets bytes that are none.
        instrumentation.addTransformer(rejected, true);
        classes.pass(pass);
        try {
            batch.run();
            return Optional.of(new IllegalStateException("the JVM accepted an empty class file"));
        } catch (Throwable e) {
            return rejected.reached ? Optional.empty() : Optional.of(e);
        } finally {
            classes.pass(null);
            instrumentation.removeTransformer(rejected);
        }
    }

    private interface Batch {
        void run() throws Exception;
    }

    /** Takes no part in the program. */
    private static final class Last {}

    private static final class Rejected implements ClassFileTransformer {
        private final Thread rehearsing;

        /** Written and read by the rehearsing thread. */
        private boolean reached;

        Rejected(Thread rehearsing) {
            this.rehearsing = rehearsing;
        }

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (type != Last.class || Thread.currentThread() != rehearsing) {
                return null;
            }
            reached = true;
            return new byte[] {0};
        }
    }
}
