// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.concurrent.ReloaderNettyHooks;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What is put into Netty's event loops. Never called: the bodies are copied, so they may name nothing of the agent's. */
final class NettyAdvice {

    private NettyAdvice() {}

    static final class CanSuspend {
        private CanSuspend() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This(typing = Assigner.Typing.DYNAMIC) Object loop,
                @Advice.Argument(0) int state,
                @Advice.Return(readOnly = false) boolean suspends) {
            if (ReloaderNettyHooks.rolling) {
                suspends = ReloaderNettyHooks.leaves(loop, state, suspends);
            }
        }
    }

    static final class DoStartThread {
        private DoStartThread() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.This(typing = Assigner.Typing.DYNAMIC) Object loop) {
            return ReloaderNettyHooks.rolling && ReloaderNettyHooks.started(loop);
        }
    }
}
