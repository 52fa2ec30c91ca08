// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/** How taking up changed classes ended. */
public sealed interface TakeUp {

    /**
     * Every changed class was applied; all counts are 0 where nothing had changed.
     *
     * @param body loaded classes whose method bodies were replaced
     * @param pending classes not loaded yet that will be loaded with their new bytes
     * @param back whether the new bytes are those of before an earlier reload
     */
    record Applied(int body, int pending, boolean back) implements TakeUp {
        public Applied(int body, int pending) {
            this(body, pending, false);
        }

        public int changed() {
            return body + pending;
        }
    }

    /**
     * Nothing was applied, because threads still run the code before the last change; a third version never exists.
     *
     * @param changed classes that wait
     */
    record Unsettled(int changed) implements TakeUp {}

    /**
     * Nothing was applied.
     *
     * @param faults every reason, each one line: the class, the member, the rule, the remedy
     */
    record Refused(List<String> faults) implements TakeUp {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
