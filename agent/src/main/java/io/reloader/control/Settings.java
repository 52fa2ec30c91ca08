// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/**
 * The control loop's deadlines, in nanoseconds.
 *
 * @param mercy how long a roll may go without a worker replaced before it is reported as partial
 * @param termDeadline how long a drain may take
 * @param overdue what is done with workers that are behind then
 */
public record Settings(long mercy, long termDeadline, Overdue overdue) {

    public Settings(long mercy, long termDeadline) {
        this(mercy, termDeadline, Overdue.WAIT);
    }
}
