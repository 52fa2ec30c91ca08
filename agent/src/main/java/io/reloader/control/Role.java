// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** What a pool is for, and so which signal rolls it. */
public enum Role {
    /** Serves requests; rolled by SIGUSR1. */
    WORKER("workers"),
    /** Runs background work; rolled by SIGUSR2. */
    TASK("tasks");

    private final String plural;

    Role(String plural) {
        this.plural = plural;
    }

    /** The word for the pools of this role in messages and options. */
    public String plural() {
        return plural;
    }
}
