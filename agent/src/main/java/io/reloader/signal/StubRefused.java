// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

/** The stub cannot stand here; the message is the reason, fit for the operator. */
final class StubRefused extends Exception {
    private static final long serialVersionUID = 1L;

    StubRefused(String message) {
        super(message);
    }
}
