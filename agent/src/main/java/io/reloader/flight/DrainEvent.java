// SPDX-License-Identifier: Apache-2.0
package io.reloader.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A stop, from its command to the exit. */
@Name("io.reloader.Drain")
@Label("Drain")
@Description("A stop, from its command until the JVM's exit is asked for")
@Category("reloader")
@StackTrace(false)
final class DrainEvent extends Event {
    @Label("Exit Status")
    int status;

    @Label("Busy Workers")
    @Description("Workers that were still at work")
    int busy;
}
