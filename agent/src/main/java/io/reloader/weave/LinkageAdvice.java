// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.concurrent.ReloaderLinkageHooks;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What is put into the JDK's LinkageError. Never called: the body is copied, so it may name nothing of the agent's. */
final class LinkageAdvice {

    private LinkageAdvice() {}

    static final class Made {
        private Made() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This(typing = Assigner.Typing.DYNAMIC) Object error) {
            if (ReloaderLinkageHooks.watching) {
                ReloaderLinkageHooks.made(error);
            }
        }
    }
}
