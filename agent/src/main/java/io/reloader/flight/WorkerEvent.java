// SPDX-License-Identifier: Apache-2.0
package io.reloader.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A worker that a reload has replaced. */
@Name("io.reloader.WorkerRetired")
@Label("Worker Retired")
@Description("A worker that a reload has replaced, or that has left by itself meanwhile")
@Category("reloader")
@StackTrace(false)
final class WorkerEvent extends Event {
    @Label("Number")
    int number;

    @Label("Pool")
    String pool = "";

    @Label("Worker")
    String worker = "";

    @Label("Waited")
    @Description("From the begin of the roll until it had left")
    @Timespan(Timespan.NANOSECONDS)
    long waited;
}
