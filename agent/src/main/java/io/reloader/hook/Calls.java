// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import java.util.Map;

/** Calls a hook's method on the current thread, and lets nothing out of it but a line for the operator. */
final class Calls {
    private final Complaints complaints;
    private final Lateness lateness;

    Calls(Complaints complaints, Lateness lateness) {
        this.complaints = complaints;
        this.lateness = lateness;
    }

    Complaints complaints() {
        return complaints;
    }

    void call(Hook hook, Class<?> type, Map<String, Object> facts) {
        try {
            Callee callee = Callee.of(type, hook.method());
            Lateness.Running call = lateness.begin(hook);
            try {
                callee.call(facts);
            } finally {
                lateness.end(call);
            }
        } catch (Callee.Unfit e) {
            complaints.unfit(hook, String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            complaints.threw(hook, e);
        }
    }
}
