// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What the control loop needs of the world.
 *
 * @param code the application's classes
 * @param pools the application's pools
 * @param intake how work comes in from outside
 * @param host the process
 * @param departure how the agent leaves the process
 * @param supervisor who watches the process
 * @param journal the operator, and whoever waits for a verdict
 * @param events who is told facts
 * @param threads runs the work that would hold the loop up, each on a short-lived daemon thread
 * @param nanoTime {@link System#nanoTime}, or a test's clock
 */
public record World(
        Code code,
        Pools pools,
        Intake intake,
        Host host,
        Departure departure,
        Supervisor supervisor,
        Audience journal,
        Events events,
        Executor threads,
        LongSupplier nanoTime) {}
