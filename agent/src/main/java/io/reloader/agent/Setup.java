// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Journal;
import io.reloader.daemon.Daemon;
import io.reloader.options.Options;
import java.lang.instrument.Instrumentation;

/**
 * What an agent is started with.
 *
 * @param daemon tells the shell that waits for a daemon, if there is one
 * @param version of the agent's jar
 * @param late whether the application was running already
 */
record Setup(
        Instrumentation instrumentation,
        Options options,
        Journal journal,
        Natives natives,
        Daemon daemon,
        String version,
        boolean late) {}
