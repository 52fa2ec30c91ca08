// SPDX-License-Identifier: Apache-2.0
package io.reloader.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A reload or a rollback, from the command that began it to its verdict. */
@Name("io.reloader.Reload")
@Label("Reload")
@Description("A reload or a rollback, from its begin to its verdict")
@Category("reloader")
@StackTrace(false)
final class ReloadEvent extends Event {
    @Label("Number")
    int number;

    @Label("Command")
    String command = "";

    @Label("Verdict")
    String verdict = "";

    @Label("Classes Changed")
    int changed;

    @Label("Line")
    @Description("What the log says of it")
    String line = "";
}
