// SPDX-License-Identifier: Apache-2.0
package com.example.arguments;

/** A command line that cannot be obeyed; the message is the one line its author gets to see. */
public final class BadArgument extends Exception {
    public BadArgument(String message) {
        super(message);
    }
}
