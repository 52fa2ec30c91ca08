// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

/**
 * Takes a worker out of ForkJoinPool.runWorker where that has no other way out. Thrown by woven code between two tasks,
 * and caught by woven code before any code of the application's sees it.
 */
public final class ReloaderForkJoinRetirement extends Error {
    private static final long serialVersionUID = 1L;

    /** The only one. */
    public static final ReloaderForkJoinRetirement RETIREMENT = new ReloaderForkJoinRetirement();

    private ReloaderForkJoinRetirement() {
        super("a worker is replaced", null, false, false);
    }
}
