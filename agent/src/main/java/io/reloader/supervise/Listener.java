// SPDX-License-Identifier: Apache-2.0
package io.reloader.supervise;

import io.reloader.os.NativeUnavailable;

/** Where messages go: {@link io.reloader.os.NotifySocket#send}. */
@FunctionalInterface
public interface Listener {

    /** False if it cannot be taken now. */
    boolean send(String lines) throws NativeUnavailable;
}
