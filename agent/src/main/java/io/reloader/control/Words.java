// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.Locale;

/** Numbers as an operator reads them. */
public final class Words {
    private Words() {}

    /** {@code 1 class}, {@code 5 classes}. */
    static String count(int number, String noun) {
        String plural = noun.endsWith("s") ? noun + "es" : noun + "s";
        return number + " " + (number == 1 ? noun : plural);
    }

    /** {@code taking-up}. */
    public static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code reload workers}. */
    public static String of(Command command) {
        return switch (command) {
            case RELOAD_WORKERS -> "reload workers";
            case RELOAD_TASKS -> "reload tasks";
            case ROLL_BACK -> "rollback";
            default -> of((Enum<?>) command);
        };
    }

    /** {@code 63 ms}, {@code 3.4 s}. */
    public static String time(long nanos) {
        long millis = nanos / 1_000_000;
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
