// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Journal;
import io.reloader.door.About;
import io.reloader.door.Control;
import io.reloader.door.Visit;
import io.reloader.jmx.Desk;
import io.reloader.jmx.Presence;
import io.reloader.jmx.Server;
import io.reloader.jmx.Tally;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.Executor;

/** The way in for JMX, where the runtime image has it, once the application uses it. Arming thread. */
final class Management {
    private final About about;
    private final Control control;
    private final Journal journal;

    Management(About about, Control control, Journal journal) {
        this.about = about;
        this.control = control;
        this.journal = journal;
    }

    void open(Instrumentation instrumentation, Told told, Undo undo) {
        if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
            return;
        }
        Tally tally = new Tally();
        told.bind(tally);
        Executor threads = AgentThreads.named("reloader-jmx");
        Desk desk = new Desk(about, control.questions(), tally, line -> new Visit(about, control, line), threads);
        Presence presence =
                new Presence(instrumentation, threads, () -> new Server(desk, told::bind), journal::trouble);
        undo.add("the managed bean", presence::close);
        presence.begin();
    }
}
