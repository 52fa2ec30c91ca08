// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

/** When a hook is called. */
public enum Moment {
    BEFORE_RELOAD("before-reload", "the reload goes on", "the reload goes on without waiting for it"),
    AFTER_RELOAD("after-reload", "the reload stays as it is", "nothing waits for it"),
    WORKER_START("on-worker-start", "the worker serves all the same", "the worker begins its work when it ends"),
    WORKER_STOP("on-worker-stop", "the worker is gone all the same", "its thread ends when it does");

    private final String option;
    private final String afterFailure;
    private final String whileLate;

    Moment(String option, String afterFailure, String whileLate) {
        this.option = option;
        this.afterFailure = afterFailure;
        this.whileLate = whileLate;
    }

    String option() {
        return option;
    }

    /** What a failure does not change. */
    String afterFailure() {
        return afterFailure;
    }

    /** What happens while it has not ended. */
    String whileLate() {
        return whileLate;
    }
}
