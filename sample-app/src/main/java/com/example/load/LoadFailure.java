// SPDX-License-Identifier: Apache-2.0
package com.example.load;

/** A request that was not answered as promised; the message is the reason it is counted under. */
final class LoadFailure extends Exception {
    private final String reason;

    LoadFailure(String reason) {
        super(reason);
        this.reason = reason;
    }

    LoadFailure(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
