// SPDX-License-Identifier: Apache-2.0
package io.reloader.options;

import java.util.Locale;

/** The option whose key takes the fewest edits (insert, delete, replace) from a misspelt one. */
final class Nearest {
    private Nearest() {}

    static Option option(String misspelt) {
        Option nearest = Option.CONFIG;
        for (Option option : Option.values()) {
            if (edits(misspelt, option) < edits(misspelt, nearest)) {
                nearest = option;
            }
        }
        return nearest;
    }

    static int edits(String misspelt, Option option) {
        return edits(misspelt.toLowerCase(Locale.ROOT), option.key());
    }

    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
