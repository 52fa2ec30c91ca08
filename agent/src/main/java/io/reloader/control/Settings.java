// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/**
 * The control loop's deadlines, in nanoseconds.
 *
 * @param mercy how long a roll may go without a worker replaced before it is reported as partial
 * @param termDelay how long a stop serves on before it lets nothing new in
 * @param termDeadline how long a drain may take
 * @param canary for how long after its roll the code of a reload is watched; 0 for not at all
 * @param overdue what is done with workers that are behind then
 * @param tasksFollow whether a reload that has rolled the worker pools rolls the task pools next
 */
public record Settings(
        long mercy, long termDelay, long termDeadline, long canary, Overdue overdue, boolean tasksFollow) {}
