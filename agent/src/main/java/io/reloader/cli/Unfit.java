// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

/** A verb cannot be done on what the operator named; the message is the line, without the verb. */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    /** @param code what the command line exits with */
    Unfit(int code, String line) {
        super(line);
        this.code = code;
    }

    int code() {
        return code;
    }

    String line() {
        return String.valueOf(getMessage());
    }
}
