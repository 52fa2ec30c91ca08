// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

/** There is no socket; the message says why, and what to do. */
public final class Shut extends Exception {
    Shut(String message) {
        super(message);
    }
}
