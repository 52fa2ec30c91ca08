// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

/** What a class loader would find under a name, as far as one can see without loading it. */
sealed interface Sight permits Shape, Sight.None {

    /** No shape to see. */
    enum None implements Sight {
        /** The class loader would not find it. */
        MISSING,
        /** It exists, or may exist, and what is in it cannot be known. */
        OPAQUE
    }
}
