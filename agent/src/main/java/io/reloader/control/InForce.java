// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** The settings in force: read by the control thread at each decision, changed by any thread while the agent runs. */
public final class InForce {
    private volatile Settings settings;

    public InForce(Settings settings) {
        this.settings = settings;
    }

    public void change(Settings next) {
        settings = next;
    }

    Settings now() {
        return settings;
    }
}
