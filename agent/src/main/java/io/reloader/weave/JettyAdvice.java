// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.concurrent.ReloaderJettyHooks;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What is put into Jetty's classes. Never called: the bodies are copied, so they may name nothing of the agent's. */
final class JettyAdvice {

    private JettyAdvice() {}

    static final class Run {
        private Run() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This(typing = Assigner.Typing.DYNAMIC) Object runner) {
            ReloaderJettyHooks.started(runner);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.This(typing = Assigner.Typing.DYNAMIC) Object runner) {
            ReloaderJettyHooks.ended(runner);
        }
    }

    static final class IdleJobPoll {
        private IdleJobPoll() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return ReloaderJettyHooks.rolling && ReloaderJettyHooks.leaves();
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit() {
            if (ReloaderJettyHooks.rolling) {
                ReloaderJettyHooks.polled();
            }
        }
    }

    static final class DoRunJob {
        private DoRunJob() {}

        @Advice.OnMethodEnter
        static void enter() {
            if (ReloaderJettyHooks.rolling) {
                ReloaderJettyHooks.begins();
            }
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit() {
            if (ReloaderJettyHooks.rolling) {
                ReloaderJettyHooks.ends();
            }
        }
    }

    static final class Evict {
        private Evict() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return ReloaderJettyHooks.rolling && ReloaderJettyHooks.evicts();
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter boolean leaves, @Advice.Return(readOnly = false) boolean evicted) {
            if (leaves) {
                evicted = true;
            }
        }
    }

    static final class AddCounts {
        private AddCounts() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(0) int threads) {
            return ReloaderJettyHooks.rolling && threads == -1 && ReloaderJettyHooks.skipsCount();
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(0) int threads,
                @Advice.Argument(1) int idle,
                @Advice.Return(readOnly = false) boolean running) {
            if (running
                    && threads == 0
                    && idle == 1
                    && ReloaderJettyHooks.rolling
                    && ReloaderJettyHooks.leavesAfterJob()) {
                running = false;
            }
        }
    }

    static final class Offer {
        private Offer() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object item) {
            return ReloaderJettyHooks.rolling && ReloaderJettyHooks.unreserves(item);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter boolean unreserved, @Advice.Return(readOnly = false) int slot) {
            if (unreserved) {
                slot = -1;
            }
        }
    }

    static final class Select {
        private Select() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.This(typing = Assigner.Typing.DYNAMIC) Object producer) {
            return ReloaderJettyHooks.rolling && ReloaderJettyHooks.stopsSelecting(producer);
        }
    }
}
