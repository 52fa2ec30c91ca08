// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import java.util.ArrayList;
import java.util.List;

/**
 * One method that the operator has named for one moment.
 *
 * @param type the class by its binary name
 */
record Hook(Moment moment, String type, String method) {
    private static final String COLONS = "::";

    /** Those of these names that are methods. */
    static List<Hook> all(Moment moment, List<String> names) {
        List<Hook> hooks = new ArrayList<>();
        for (String name : names) {
            int colons = name.indexOf(COLONS);
            if (colons > 0) {
                hooks.add(new Hook(moment, name.substring(0, colons), name.substring(colons + COLONS.length())));
            }
        }
        return hooks;
    }

    /** As the operator wrote it. */
    @Override
    public String toString() {
        return moment.option() + "=" + type + COLONS + method;
    }
}
