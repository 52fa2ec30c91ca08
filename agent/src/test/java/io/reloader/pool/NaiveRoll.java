// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.concurrent.ReloaderHooks;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/**
 * The obvious way to roll a pool, which is wrong: a worker throws itself out of getTask and leaves it to its pool to add
 * another. The positive control of {@link PoolStress}.
 */
final class NaiveRoll implements AutoCloseable {
    private static final int ASKED_BY_GET_TASK = -1;
    private static final long PAUSE = 300_000;

    final AtomicLong retired = new AtomicLong();
    private final Instrumentation instrumentation = ByteBuddyAgent.install();
    private final Transformer transformer = new Transformer();

    @SuppressWarnings("StaticAssignmentInConstructor")
    NaiveRoll() throws UnmodifiableClassException {
        ReloaderHooks.handler = new ThrowingOut();
        ReloaderHooks.rolling = true;
        instrumentation.addTransformer(transformer, true);
        instrumentation.retransformClasses(ThreadPoolExecutor.class);
    }

    @Override
    public void close() throws UnmodifiableClassException {
        ReloaderHooks.rolling = false;
        instrumentation.removeTransformer(transformer);
        instrumentation.retransformClasses(ThreadPoolExecutor.class);
        ReloaderHooks.handler = null;
    }

    private final class ThrowingOut implements ReloaderHooks.Handler {
        private final AtomicLong next = new AtomicLong(System.nanoTime());

        @Override
        public boolean retires(int runState) {
            long due = next.get();
            long now = System.nanoTime();
            // The runner has pools of its own.
            boolean ours = Thread.currentThread().getName().startsWith("stress-");
            if (!ours || runState != ASKED_BY_GET_TASK || now - due < 0 || !next.compareAndSet(due, now + PAUSE)) {
                return false;
            }
            retired.incrementAndGet();
            return true;
        }

        @Override
        public boolean skipsDecrement() {
            return false;
        }

        @Override
        public boolean skipsExit(Object worker) {
            return false;
        }

        @Override
        public boolean places(Object pool, Runnable task) {
            return false;
        }

        @Override
        public void created(Object pool) {}

        @Override
        public void started(Object worker) {}

        @Override
        public void ended(Object worker) {}

        @Override
        public void signalRegistered(Object signal) {}
    }

    static final class GetTask {
        private GetTask() {}

        @Advice.OnMethodEnter
        static void enter() {
            if (ReloaderHooks.rolling && ReloaderHooks.retires(-1)) {
                throw new IllegalThreadStateException("retire");
            }
        }
    }

    static final class RunWorker {
        private RunWorker() {}

        @Advice.OnMethodExit(onThrowable = IllegalThreadStateException.class)
        static void exit(@Advice.Thrown(readOnly = false) @Nullable Throwable thrown) {
            thrown = null;
        }
    }

    private static final class Transformer implements ClassFileTransformer {
        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (type != ThreadPoolExecutor.class) {
                return null;
            }
            ClassFileLocator locator = new ClassFileLocator.Compound(
                    ClassFileLocator.Simple.of(type.getName(), bytes),
                    ClassFileLocator.ForClassLoader.of(NaiveRoll.class.getClassLoader()));
            return new ByteBuddy()
                    .with(TypeValidation.DISABLED)
                    .with(Implementation.Context.Disabled.Factory.INSTANCE)
                    .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                    .redefine(type, locator)
                    .visit(Advice.to(GetTask.class, locator).on(ElementMatchers.named("getTask")))
                    .visit(Advice.to(RunWorker.class, locator).on(ElementMatchers.named("runWorker")))
                    .make()
                    .getBytes();
        }
    }
}
