// SPDX-License-Identifier: Apache-2.0
package io.reloader.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One phase of a reload. */
@Name("io.reloader.Phase")
@Label("Reload Phase")
@Description("What a reload was at: prepare, scan, check, swap, roll, settle")
@Category("reloader")
@StackTrace(false)
final class PhaseEvent extends Event {
    @Label("Number")
    int number;

    @Label("Phase")
    String phase = "";
}
