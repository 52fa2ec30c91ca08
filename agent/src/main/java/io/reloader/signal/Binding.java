// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import io.reloader.control.Command;

/** One line of the operator's table: the signal's short name (TERM, not SIGTERM) and what it commands. */
public record Binding(String signal, Command command) {

    /** The command in the operator's words. */
    String words() {
        return switch (command) {
            case STOP -> "stop";
            case RELOAD_WORKERS -> "reload workers";
            case RELOAD_TASKS -> "reload tasks";
            case REOPEN_LOG -> "reopen log";
            default -> throw new IllegalArgumentException("no signal commands " + command);
        };
    }

    /** The option that names the signal. */
    String option() {
        return switch (command) {
            case STOP -> "stop";
            case RELOAD_WORKERS -> "reload";
            case RELOAD_TASKS -> "reload-tasks";
            case REOPEN_LOG -> "reopen-log";
            default -> throw new IllegalArgumentException("no option binds " + command);
        };
    }

    String remedy() {
        return "use the command line, or set " + option() + "=<another signal>";
    }
}
