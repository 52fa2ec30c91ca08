// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.concurrent.ReloaderHooks;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What is put into executors. Never called: the bodies are copied, so they may name nothing of the agent's. */
final class ExecutorAdvice {

    private ExecutorAdvice() {}

    static final class RunStateAtLeast {
        private RunStateAtLeast() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(1) int runState, @Advice.Return(readOnly = false) boolean reached) {
            if (!reached && ReloaderHooks.rolling && ReloaderHooks.retires(runState)) {
                reached = true;
            }
        }
    }

    static final class DecrementWorkerCount {
        private DecrementWorkerCount() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return ReloaderHooks.rolling && ReloaderHooks.skipsDecrement();
        }
    }

    static final class ProcessWorkerExit {
        private ProcessWorkerExit() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object worker) {
            return ReloaderHooks.rolling && ReloaderHooks.skipsExit(worker);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object worker) {
            ReloaderHooks.ended(worker);
        }
    }

    static final class Reject {
        private Reject() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.This Object pool, @Advice.Argument(0) Runnable task) {
            return ReloaderHooks.rolling && ReloaderHooks.places(pool, task);
        }
    }

    static final class Constructor {
        private Constructor() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This Object pool) {
            ReloaderHooks.created(pool);
        }
    }

    static final class RunWorker {
        private RunWorker() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object worker) {
            ReloaderHooks.started(worker);
        }
    }
}
