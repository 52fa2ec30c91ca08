// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.List;

/**
 * Where a pinned thread has no unit of work in hand: inside what its loop calls to wait for the next one.
 *
 * @param unit what the loop does once
 * @param type the loop's class, which may have been relocated
 * @param loop the loop's method
 * @param call the method that the loop calls then, on whatever class
 */
record Boundary(Unit unit, String type, String loop, String call) {

    /** What a thread does between two boundaries. */
    enum Unit {
        /** One round of a selector's loop, with all its events and tasks. */
        TURN,
        /** One task that was taken from a queue. */
        TAKE
    }

    static Boundary turn(String type, String loop, String call) {
        return new Boundary(Unit.TURN, type, loop, call);
    }

    static Boundary take(String type, String loop, String call) {
        return new Boundary(Unit.TAKE, type, loop, call);
    }

    /** The position of the loop's frame, -1 if the thread is not in it. */
    private int loopIn(StackTraceElement[] stack) {
        for (int i = stack.length - 1; i >= 0; i--) {
            if (stack[i].getMethodName().equals(loop) && Suffix.matches(stack[i].getClassName(), type)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(StackTraceElement[] stack) {
        int frame = loopIn(stack);
        return frame > 0 && stack[frame - 1].getMethodName().equals(call);
    }

    /** Whether the thread is in the loop of one of these. */
    static boolean inLoop(List<Boundary> boundaries, StackTraceElement[] stack) {
        for (Boundary each : boundaries) {
            if (each.loopIn(stack) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the thread is at one of these. */
    static boolean at(List<Boundary> boundaries, StackTraceElement[] stack) {
        for (Boundary each : boundaries) {
            if (each.isAt(stack)) {
                return true;
            }
        }
        return false;
    }
}
