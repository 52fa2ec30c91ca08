// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import io.reloader.options.Options;
import java.time.Instant;

/**
 * What does not change while the agent runs.
 *
 * @param version of the agent
 * @param pid of the process, in its own pid namespace
 * @param started when the process was
 * @param late whether the agent was attached to it later
 * @param options in force
 */
public record About(String version, long pid, Instant started, boolean late, Options options) {}
