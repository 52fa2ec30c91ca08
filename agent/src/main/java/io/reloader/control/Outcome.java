// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** How a command has ended. */
public enum Outcome {
    /** All is as it was asked for. */
    DONE,
    /** Begun, and some of it was not over when its time had passed. */
    PARTIAL,
    /** Nothing was changed. */
    REFUSED,
    /** It did not go well; what it had changed was put back where that was possible. */
    FAILED,
    /** The application is stopping. */
    DECLINED,
    /** Another command took its place. */
    SUPERSEDED
}
