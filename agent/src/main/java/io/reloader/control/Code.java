// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** The application's classes, as the control loop sees them. */
public interface Code {

    /**
     * Finds the classes that changed since they were loaded and applies them in one batch, or applies none.
     * Called on a short-lived thread of the control loop, never twice at once; may take seconds.
     */
    TakeUp takeUp();
}
