// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import io.reloader.options.Options;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What the agent is, whatever it is doing.
 *
 * @param version of the agent
 * @param pid of the process, in its own pid namespace
 * @param started when the process was
 * @param late whether the agent was attached to it later
 * @param options those in force now
 */
public record About(String version, long pid, Instant started, boolean late, Supplier<Options> options) {}
