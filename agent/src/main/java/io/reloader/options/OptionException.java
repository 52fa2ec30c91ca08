// SPDX-License-Identifier: Apache-2.0
package io.reloader.options;

/** A key or a value that the option table does not allow. The message is the one line for the operator. */
public final class OptionException extends Exception {
    private final String line;

    public OptionException(String line) {
        super(line);
        this.line = oneLine(line);
    }

    /** A value may hold what ends a line, or what a terminal obeys. */
    private static String oneLine(String text) {
        char[] shown = text.toCharArray();
        for (int i = 0; i < shown.length; i++) {
            shown[i] = Character.isISOControl(shown[i]) ? '?' : shown[i];
        }
        return new String(shown);
    }

    @Override
    public String getMessage() {
        return line;
    }
}
