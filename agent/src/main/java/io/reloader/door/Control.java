// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import io.reloader.control.Audience;
import io.reloader.control.Code;
import io.reloader.control.Inbox;
import io.reloader.control.Questions;
import java.util.concurrent.Executor;

/**
 * What a door leads to.
 *
 * @param inbox takes the commands
 * @param audience tells what they come to
 * @param questions tells the state of the loop
 * @param code asked on {@code threads}
 * @param threads runs what takes seconds, each on a short-lived daemon thread
 */
public record Control(Inbox inbox, Audience audience, Questions questions, Code code, Executor threads) {}
