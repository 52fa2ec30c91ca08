// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Another agent of the same JVM, which sees classes after ours as they are loaded and, if it wants to, retransformed. */
final class OtherAgent implements ClassFileTransformer {
    private final Instrumentation instrumentation;
    private final boolean retransforms;
    private final Weaver weaver;

    OtherAgent(Instrumentation instrumentation, boolean retransforms, Weaver weaver) {
        this.instrumentation = instrumentation;
        this.retransforms = retransforms;
        this.weaver = weaver;
    }

    /** What it makes of a class, with slashes in its name; null for what it leaves alone. */
    interface Weaver {
        byte @Nullable [] weave(@Nullable String name, @Nullable Class<?> type, byte[] bytes);
    }

    interface Body {
        void run() throws Exception;
    }

    /** Is there while this runs. */
    void during(Body body) throws Exception {
        instrumentation.addTransformer(this, retransforms);
        try {
            body.run();
        } finally {
            instrumentation.removeTransformer(this);
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> type,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        return weaver.weave(name, type, bytes);
    }
}
