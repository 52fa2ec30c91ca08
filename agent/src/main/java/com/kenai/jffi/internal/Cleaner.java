// SPDX-License-Identifier: Apache-2.0
package com.kenai.jffi.internal;

/**
 * In place of jffi's class of this name, which starts a thread to free what is no longer used. What is given to it here
 * is used for as long as jffi is loaded, and each entry would keep its own object, and so the class loader of jffi, from
 * ever being collected.
 */
public final class Cleaner {
    private Cleaner() {}

    /** Keeps nothing; to be freed early by the caller, with what is returned, or with the process. */
    public static Runnable register(Object resource, Runnable free) {
        return free;
    }
}
