// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Another agent, which sees every class, retransforms the JDK's pool after ours may have, and weaves into com.acme.Parts
 * what shows in its mark.
 */
public final class OtherAgent {
    private static Instrumentation instrumentation;

    private OtherAgent() {}

    public static void premain(String arguments, Instrumentation given) throws Exception {
        instrumentation = given;
        instrumentation.addTransformer(new Weaver(), true);
        instrumentation.retransformClasses(ThreadPoolExecutor.class);
        System.out.println("other agent in place");
    }

    /** Has the changed classes transformed again, as an agent does when its rules change. */
    public static void retransform() throws Exception {
        Class<?>[] types = Arrays.stream(instrumentation.getAllLoadedClasses())
                .filter(type -> type.getName().startsWith("com.acme.") && instrumentation.isModifiableClass(type))
                .toArray(Class<?>[]::new);
        instrumentation.retransformClasses(types);
        System.out.println("retransformed " + types.length);
    }

    private static final class Weaver implements ClassFileTransformer {
        @Override
        public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
            if (name == null) {
                return null;
            }
            if (name.equals("com/acme/Parts")) {
                return new String(bytes, StandardCharsets.ISO_8859_1)
                        .replace("plain", "woven")
                        .getBytes(StandardCharsets.ISO_8859_1);
            }
            // A copy counts as a transformation, unlike null.
            return name.contains("ThreadPoolExecutor") || name.startsWith("com/acme/") ? bytes.clone() : null;
        }
    }
}
