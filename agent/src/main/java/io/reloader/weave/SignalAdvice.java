// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.concurrent.ReloaderHooks;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What is put into the JDK's Signal. Never called: the body is copied, so it may name nothing of the agent's. */
final class SignalAdvice {

    private SignalAdvice() {}

    static final class Handle {
        private Handle() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object signal) {
            ReloaderHooks.signalRegistered(signal);
        }
    }
}
