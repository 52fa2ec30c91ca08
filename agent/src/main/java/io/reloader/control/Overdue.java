// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** What a roll does with workers that are behind when mercy has passed. */
public enum Overdue {
    /** Nothing: they are replaced when they end. */
    WAIT,
    /** Interrupt the thread of each, once. */
    INTERRUPT
}
