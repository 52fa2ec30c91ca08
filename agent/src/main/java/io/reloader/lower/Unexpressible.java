// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

/** Code that cannot be moved; the message says what it does, as a sentence without its subject. */
public final class Unexpressible extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unexpressible(String words) {
        super(words, null, false, false);
    }
}
