// SPDX-License-Identifier: Apache-2.0
package com.kenai.jffi;

import com.kenai.jffi.internal.StubLoader;

/**
 * In place of jffi's class of this name, which loads the library by reflection, from whichever class loader has one.
 * Here a caller of jffi's own module does: only that may load native code from JDK 24 on.
 */
public final class Init {
    /** Set under the class's lock, by whoever needs the library first; never reset. */
    private static volatile boolean loaded;

    private Init() {}

    public static boolean isLoaded() {
        return loaded;
    }

    /** Loads the library from its file; to be called while it is not {@link #isLoaded}. */
    public static synchronized void load(String file) {
        System.load(file);
        loaded = true;
    }

    /** Called by jffi before its first native call. In the command line nobody has loaded the library by then. */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        if (!StubLoader.isLoaded()) {
            throw new UnsatisfiedLinkError(String.valueOf(StubLoader.getFailureCause()));
        }
        loaded = true;
    }
}
