// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/**
 * A class that does not run what it was loaded with, or whose file is kept out; of one class loader.
 *
 * @param type as the programmer writes it
 * @param file where its code is
 * @param loader the class loader, as it calls itself
 */
public record ClassStatus(String type, String file, String loader, Taken taken) {

    /** What has become of the code in its file. */
    public enum Taken {
        /** It runs. */
        RUNS,
        /** It runs in new threads, and the code before it in others, until the roll under way has ended. */
        BESIDE,
        /** The class is not loaded; it will be loaded with it. */
        PENDING,
        /** It was rolled back, and stays out until the file changes. */
        WITHHELD
    }
}
