// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Journal;
import io.reloader.options.Options;
import java.lang.instrument.Instrumentation;

/**
 * What an agent is started with.
 *
 * @param version of the agent's jar
 * @param late whether the application was running already
 */
record Setup(Instrumentation instrumentation, Options options, Journal journal, String version, boolean late) {}
