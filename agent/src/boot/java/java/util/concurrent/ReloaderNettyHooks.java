// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

/** What code woven into Netty's event loops calls; otherwise as {@link ReloaderHooks}. */
public final class ReloaderNettyHooks {

    /** The agent's answers. Implementations never throw. */
    public interface Handler {

        /** Whether the loop shall leave the current thread; {@code suspends} is its own answer. */
        boolean leaves(Object loop, int state, boolean suspends);

        /** Whether a thread that is about to be started for the loop is not needed, as it has been started already. */
        boolean started(Object loop);
    }

    /**
     * Whether a roll is under way. Plain on purpose: a loop that sees it late is asked again, and whoever starts a
     * thread for a loop has read before, from the loop's state, what was written after this.
     */
    public static boolean rolling;

    /** The installed handler, or null; set before anything is woven. */
    public static volatile Handler handler;

    private ReloaderNettyHooks() {}

    public static boolean leaves(Object loop, int state, boolean suspends) {
        Handler h = handler;
        return h == null ? suspends : h.leaves(loop, state, suspends);
    }

    public static boolean started(Object loop) {
        Handler h = handler;
        return h != null && h.started(loop);
    }
}
