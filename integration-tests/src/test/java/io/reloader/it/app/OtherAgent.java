// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.ThreadPoolExecutor;

/** Another agent, which sees every class and retransforms the JDK's pool after ours may have. */
public final class OtherAgent {
    private OtherAgent() {}

    public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
        instrumentation.addTransformer(new Copies(), true);
        instrumentation.retransformClasses(ThreadPoolExecutor.class);
        System.out.println("other agent in place");
    }

    private static final class Copies implements ClassFileTransformer {
        @Override
        public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
            // A copy counts as a transformation, unlike null.
            return name != null && name.contains("ThreadPoolExecutor") ? bytes.clone() : null;
        }
    }
}
