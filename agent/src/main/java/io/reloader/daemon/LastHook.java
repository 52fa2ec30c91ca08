// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import java.lang.reflect.Method;

/**
 * Runs work at the very end of the JVM, after the application's shutdown hooks have all returned: until then this
 * process is what its pid file says. java.lang must have been opened to this module (NativeAccess does).
 */
final class LastHook {
    /** The last of the JDK's own slots, the first three of which the JDK uses. */
    private static final int LAST = 9;

    private LastHook() {}

    static void add(Runnable work) {
        try {
            Method add = Class.forName("java.lang.Shutdown")
                    .getDeclaredMethod("add", int.class, boolean.class, Runnable.class);
            add.setAccessible(true);
            add.invoke(null, LAST, false, work);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Then beside the application's hooks: too early rather than never.
            Runtime.getRuntime().addShutdownHook(new Thread(work, "reloader-pidfile"));
        }
    }
}
