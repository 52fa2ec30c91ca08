// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ReloaderForkJoinHooks;
import java.util.concurrent.ReloaderForkJoinRetirement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What is put into ForkJoinPool and its WorkQueue. Never called, as the other advice. */
final class ForkJoinAdvice {

    private ForkJoinAdvice() {}

    static final class Constructor {
        private Constructor() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This ForkJoinPool pool) {
            ReloaderForkJoinHooks.created(pool);
        }
    }

    static final class RunWorker {
        private RunWorker() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This ForkJoinPool pool) {
            ReloaderForkJoinHooks.started(pool);
        }
    }

    /** For JDK 25, where only a throw leads out of the loop. */
    static final class RunWorkerCatching {
        private RunWorkerCatching() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This ForkJoinPool pool) {
            ReloaderForkJoinHooks.started(pool);
        }

        @Advice.OnMethodExit(onThrowable = ReloaderForkJoinRetirement.class)
        static void exit(@Advice.Thrown(readOnly = false) @Nullable Throwable thrown) {
            thrown = null;
        }
    }

    /** Also for workers whose runWorker is older than the weaving, and so does not catch. */
    static final class DeregisterWorker {
        private DeregisterWorker() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(0) @Nullable ForkJoinWorkerThread worker,
                @Advice.Argument(value = 1, readOnly = false) @Nullable Throwable thrown) {
            if (thrown instanceof ReloaderForkJoinRetirement) {
                thrown = null;
            }
            if (ReloaderForkJoinHooks.rolling && worker != null) {
                ReloaderForkJoinHooks.left(worker);
            }
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Argument(0) @Nullable ForkJoinWorkerThread worker) {
            if (worker != null) {
                ReloaderForkJoinHooks.ended(worker);
            }
        }
    }

    /** JDK 17 and 21. Negative leads out of runWorker, 0 to another scan. */
    static final class AwaitWork {
        private AwaitWork() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static int enter(@Advice.This ForkJoinPool pool) {
            return ReloaderForkJoinHooks.rolling ? ReloaderForkJoinHooks.idle(pool) : ReloaderForkJoinHooks.GO_ON;
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter int verdict, @Advice.Return(readOnly = false) int result) {
            if (verdict != ReloaderForkJoinHooks.GO_ON) {
                result = verdict == ReloaderForkJoinHooks.LEAVE ? -1 : 0;
            }
        }
    }

    /** JDK 17 and 21. Negative leads to awaitWork. */
    static final class Scan {
        private Scan() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.This ForkJoinPool pool) {
            return ReloaderForkJoinHooks.rolling && ReloaderForkJoinHooks.leaves(pool);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter boolean leaves, @Advice.Return(readOnly = false) int result) {
            if (leaves) {
                result = -1;
            }
        }
    }

    /** JDK 17 and 21. Called by topLevelExec only, which ends when there is no further task. */
    static final class TryPoll {
        private TryPoll() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return ReloaderForkJoinHooks.rolling && ReloaderForkJoinHooks.pauses();
        }
    }

    /** JDK 25. The bit IDLE in the phase leads out of runWorker, the phase as it was to another scan. */
    static final class Deactivate {
        private Deactivate() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static int enter(@Advice.This ForkJoinPool pool) {
            return ReloaderForkJoinHooks.rolling ? ReloaderForkJoinHooks.idle(pool) : ReloaderForkJoinHooks.GO_ON;
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter int verdict, @Advice.Argument(1) int phase, @Advice.Return(readOnly = false) int result) {
            if (verdict != ReloaderForkJoinHooks.GO_ON) {
                result = verdict == ReloaderForkJoinHooks.LEAVE ? phase | (1 << 16) : phase;
            }
        }
    }

    /** JDK 25. Called by runWorker only. */
    static final class TopLevelExec {
        private TopLevelExec() {}

        @Advice.OnMethodExit
        static void exit() {
            if (ReloaderForkJoinHooks.rolling) {
                ReloaderForkJoinHooks.afterTask();
            }
        }
    }
}
