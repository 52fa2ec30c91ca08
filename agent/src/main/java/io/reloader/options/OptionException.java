// SPDX-License-Identifier: Apache-2.0
package io.reloader.options;

/** A key or a value that the option table does not allow. The message is the one line for the operator. */
public final class OptionException extends Exception {
    private final String line;

    public OptionException(String line) {
        super(line);
        this.line = line;
    }

    @Override
    public String getMessage() {
        return line;
    }
}
