// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import org.jspecify.annotations.Nullable;

/** What the take-up thread wants of the retransformation that it has under way. Asked on any thread; never throws. */
interface Pass {

    /**
     * The bytes to use for this class; null for those that it has.
     *
     * @param found what the class had when it was loaded, as the transformers before ours make it
     */
    byte @Nullable [] asked(Class<?> type, byte[] found);
}
