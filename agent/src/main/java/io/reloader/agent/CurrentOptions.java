// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.options.Options;
import java.util.function.Supplier;

/** The options in force: changed by attaches to the running agent, read by any thread. */
final class CurrentOptions implements Supplier<Options> {
    private volatile Options options;

    CurrentOptions(Options options) {
        this.options = options;
    }

    void change(Options next) {
        options = next;
    }

    @Override
    public Options get() {
        return options;
    }
}
