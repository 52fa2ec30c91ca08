// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

/**
 * What each linkage error calls as it is made: HotSpot, too, makes all of them through their constructors. Holds no
 * logic: asks the handler that the agent installed. Runs on the thread that will throw it.
 */
public final class ReloaderLinkageHooks {

    /** The agent's answer. Implementations never throw, and expect to be called from within themselves. */
    public interface Handler {

        /** A linkage error has been made: its message, cause and stack are there, what its subclass adds is not. */
        void made(LinkageError error);
    }

    /** Whether anyone wants to know. Plain on purpose: one that is missed comes again with the next unit of work. */
    public static boolean watching;

    /** The installed handler, or null; set before anything is woven. */
    public static volatile Handler handler;

    private ReloaderLinkageHooks() {}

    public static void made(Object error) {
        Handler h = handler;
        if (h != null) {
            h.made((LinkageError) error);
        }
    }
}
