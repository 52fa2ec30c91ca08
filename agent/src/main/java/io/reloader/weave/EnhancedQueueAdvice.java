// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.concurrent.ReloaderEnhancedQueueHooks;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What is put into EnhancedQueueExecutor and its parts. Never called: the bodies are copied. */
final class EnhancedQueueAdvice {

    private EnhancedQueueAdvice() {}

    static final class GetNext {
        private GetNext() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object next) {
            if (ReloaderEnhancedQueueHooks.rolling) {
                Object end = ReloaderEnhancedQueueHooks.end();
                if (end != null) {
                    next = end;
                }
            }
        }
    }

    static final class GetTask {
        private GetTask() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This Object node, @Advice.Return(readOnly = false) Runnable task) {
            if (ReloaderEnhancedQueueHooks.rolling) {
                task = ReloaderEnhancedQueueHooks.task(node, task);
            }
        }
    }

    static final class DoRunTask {
        private DoRunTask() {}

        @Advice.OnMethodExit
        static void exit() {
            if (ReloaderEnhancedQueueHooks.rolling) {
                ReloaderEnhancedQueueHooks.rests();
            }
        }
    }

    static final class TryDeallocateThread {
        private TryDeallocateThread() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return ReloaderEnhancedQueueHooks.rolling && ReloaderEnhancedQueueHooks.skipsDecrement();
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter boolean skipped, @Advice.Return(readOnly = false) boolean done) {
            if (skipped) {
                done = true;
            }
        }
    }

    static final class Constructor {
        private Constructor() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This Object pool) {
            ReloaderEnhancedQueueHooks.created(pool);
        }
    }

    static final class Run {
        private Run() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This Object body) {
            ReloaderEnhancedQueueHooks.started(body);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.This Object body) {
            ReloaderEnhancedQueueHooks.ended(body);
        }
    }
}
