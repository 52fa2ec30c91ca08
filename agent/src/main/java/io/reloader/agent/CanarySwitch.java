// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.code.Canary;
import io.reloader.code.CanaryHook;
import io.reloader.options.Option;
import io.reloader.options.Options;
import org.jspecify.annotations.Nullable;

/** Has linkage errors seen while the operator wants a canary. Any thread. */
final class CanarySwitch {
    private final Canary canary;

    // Under this.
    private @Nullable CanaryHook hook;
    private boolean possible;

    CanarySwitch(Canary canary) {
        this.canary = canary;
    }

    /** The classes that the hook needs are there; to be called before anything is woven. */
    synchronized void arm(Options options) {
        possible = true;
        set(options);
    }

    synchronized void set(Options options) {
        boolean wanted = possible && options.nanos(Option.CANARY) > 0 && options.count(Option.ROLLBACKS) > 0;
        if (wanted && hook == null) {
            hook = new CanaryHook(canary);
            hook.install();
        } else if (!wanted) {
            off();
        }
    }

    /** No error is seen any more. */
    synchronized void disarm() {
        possible = false;
        off();
    }

    private void off() {
        CanaryHook installed = hook;
        if (installed != null) {
            hook = null;
            installed.uninstall();
        }
    }
}
