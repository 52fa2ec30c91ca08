// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import org.jspecify.annotations.Nullable;

/** Native code cannot be had or called here; the message is the reason, fit for the operator. */
public final class NativeUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public NativeUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
