// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/**
 * What a reload would do now; nothing has been done.
 *
 * @param classes the classes that it would touch, or cannot, by name
 * @param faults why it would be refused, each one line, those of classes too; none if it would be applied
 * @param notes what else is to be known, each one line
 */
public record Findings(List<Finding> classes, List<String> faults, List<String> notes) {
    public Findings {
        classes = List.copyOf(classes);
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    /**
     * One class of one class loader.
     *
     * @param type as the programmer writes it
     * @param file where its new code is
     * @param reasons what makes it so, each one line
     */
    public record Finding(String type, String file, Verdict verdict, List<String> reasons) {
        public Finding {
            reasons = List.copyOf(reasons);
        }
    }

    /** In rising order: of several that hold for one class, the last counts. */
    public enum Verdict {
        /** Its file has other bytes, but the same code. */
        SAME,
        /** Its new code would be taken up, and none of what changed in it would ever run. */
        STALE,
        /** Its method bodies would be replaced. */
        BODY,
        /** Its method bodies would be replaced; what else changed in it would be lowered onto companions of it. */
        LOWERED,
        /** It is not loaded; it would be loaded with its new code. */
        PENDING,
        /** No class loader would find it; it would be defined. */
        NEW,
        /** It cannot be applied as it was built or deployed. */
        BROKEN,
        /** It can be applied by a restart of the process only. */
        RESTART
    }
}
