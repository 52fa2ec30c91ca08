// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import io.reloader.control.Command;

/** Where the commands of signals go. Called on HotSpot's signal threads, several at once: must not block. */
public interface CommandSink {
    void put(Command command);
}
