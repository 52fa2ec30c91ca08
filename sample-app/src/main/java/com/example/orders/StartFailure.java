// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

/** The service cannot start; the message says in one line what is in the way. */
public final class StartFailure extends Exception {
    StartFailure(String what, Throwable cause) {
        super(what + ": " + deepest(cause).getMessage(), cause);
    }

    private static Throwable deepest(Throwable error) {
        Throwable cause = error.getCause();
        return cause == null ? error : deepest(cause);
    }
}
