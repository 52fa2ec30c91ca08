// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import io.reloader.control.Journal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong with hooks: one line for each of them between two reloads, however many workers meet it. Any thread. */
final class Complaints {
    private final Journal journal;
    private final Map<Hook, Integer> met = new ConcurrentHashMap<>();

    Complaints(Journal journal) {
        this.journal = journal;
    }

    /** {@code fault}: with its remedy. */
    void unfit(Hook hook, String fault) {
        tell(hook, " is not called: " + fault);
    }

    void threw(Hook hook, Throwable thrown) {
        tell(
                hook,
                " threw " + thrown + place(hook, thrown) + " on "
                        + Thread.currentThread().getName() + "; "
                        + hook.moment().afterFailure());
    }

    private void tell(Hook hook, String what) {
        if (met.merge(hook, 1, Integer::sum) == 1) {
            journal.trouble(hook + what);
        }
    }

    /** What is met from here on is told again. */
    void begin() {
        for (Hook hook : List.copyOf(met.keySet())) {
            Integer times = met.remove(hook);
            if (times != null && times > 1) {
                journal.detail(
                        hook + ": the same or another failure " + (times - 1) + " more times since the line on it");
            }
        }
    }

    /** Where in the hook's own class, or else where at all. */
    private static String place(Hook hook, Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals(hook.type())) {
                return " at " + frame;
            }
        }
        return stack.length == 0 ? "" : " at " + stack[0];
    }
}
