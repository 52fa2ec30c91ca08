// SPDX-License-Identifier: Apache-2.0
package io.reloader.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What a reload has done with one class. */
@Name("io.reloader.Class")
@Label("Class Reload")
@Description("A class that a reload has changed, or because of which it was refused")
@Category("reloader")
@StackTrace(false)
final class ClassEvent extends Event {
    @Label("Number")
    int number;

    // Not "class": a class of the recorder's own would be expected there.
    @Label("Class")
    String type = "";

    @Label("Class Loader")
    String loader = "";

    @Label("Before")
    @Description("CRC-32 of the class file that it ran")
    String before = "";

    @Label("After")
    @Description("CRC-32 of the class file that it runs, or was to run")
    String after = "";

    @Label("Verdict")
    String verdict = "";
}
