// SPDX-License-Identifier: Apache-2.0
package io.reloader.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A command that the agent has heard. */
@Name("io.reloader.Command")
@Label("Command")
@Description("A signal, or a command by another way, that the agent has heard")
@Category("reloader")
@StackTrace(false)
final class CommandEvent extends Event {
    @Label("Command")
    String command = "";

    @Label("State")
    @Description("What the agent was at when it heard it")
    String state = "";
}
