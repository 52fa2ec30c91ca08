// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

/**
 * Hands the arguments of a constructor that was added to the one that it rides on, which has other parameters. They
 * travel in an array: the class, the constructor's number in it, and the arguments. A thread has one on its way for no
 * longer than from a caller's last instruction to the callee's first. Called by reloaded code, on any thread.
 */
public final class ReloaderConstructors {
    /** Calls that the way from a caller to {@link #take} has room for, counted generously. */
    private static final int ROOM = 128;

    private static final ThreadLocal<ReloaderConstructors> OWN = new OfThread();

    private Object[] armed;

    private ReloaderConstructors() {}

    /** For the constructor that is called next; the caller clears the first element if that fails. */
    public static void arm(Object[] array) {
        OWN.get().armed = array;
    }

    /**
     * For the constructor that is called next, by one that constructs its own object, which the JVM does not let catch
     * what fails: if the stack overflows, it does so before there is anything that a later call could take.
     */
    public static void armWithRoom(Object[] array) {
        room(ROOM);
        OWN.get().armed = array;
    }

    /**
     * What the caller has left for this class; null if it calls the constructor for its own sake.
     *
     * @param last the highest number that the constructor knows
     */
    public static Object[] take(Class<?> type, int last) {
        ReloaderConstructors own = OWN.get();
        Object[] array = own.armed;
        if (array == null) {
            return null;
        }
        own.armed = null;
        if (array[0] != type || number(array) > last) {
            return null;
        }
        array[0] = null;
        return array;
    }

    public static int number(Object[] array) {
        return (Integer) array[1];
    }

    /** As {@link ReloaderVersions#old}, of a constructor whose old body knows the numbers up to {@code last}. */
    public static boolean old(Class<?> type, int last) {
        if (!ReloaderVersions.old()) {
            return false;
        }
        Object[] array = OWN.get().armed;
        return array == null || array[0] != type || number(array) <= last;
    }

    /** Makes sure that what was called has been the constructor that was meant. */
    public static void taken(Object[] array) {
        if (array[0] != null) {
            throw new IncompatibleClassChangeError(
                    "a constructor that was added to " + ((Class<?>) array[0]).getName() + " has been taken back");
        }
    }

    private static int room(int calls) {
        return calls == 0 ? 0 : 1 + room(calls - 1);
    }

    private static final class OfThread extends ThreadLocal<ReloaderConstructors> {
        @Override
        protected ReloaderConstructors initialValue() {
            return new ReloaderConstructors();
        }
    }
}
