// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.flight.FlightEvents;

/** The JVM's flight recorder, where the runtime image has it. Arming thread. */
final class FlightRecording {
    private FlightRecording() {}

    static void bind(Told told, Undo undo) {
        if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
            FlightEvents events = new FlightEvents();
            told.bind(events);
            undo.add("the flight recorder's events", events::close);
        }
    }
}
