// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Command;
import io.reloader.options.Option;
import io.reloader.options.Options;
import io.reloader.os.ProcessFacts;
import io.reloader.os.Terminal;
import io.reloader.signal.Binding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which signal commands what in this process. Made on the start-up path. */
final class Bindings {
    private static final String INTERRUPT = "INT";
    private static final int SIGINT = 2;

    private final Setup setup;
    private final List<Binding> all = new ArrayList<>();

    Bindings(Setup setup) {
        this.setup = setup;
    }

    List<Binding> all() {
        Options options = setup.options();
        add(options.signal(Option.STOP), Command.STOP);
        add(options.signal(Option.RELOAD), Command.RELOAD_WORKERS);
        add(options.signal(Option.RELOAD_TASKS), Command.RELOAD_TASKS);
        if (setup.daemon().hasLog()) {
            addReopen(options.signal(Option.REOPEN_LOG));
        }
        if (options.signal(Option.STOP) != null && interruptible()) {
            addUnlessBound(INTERRUPT, Command.STOP);
        }
        return all;
    }

    /** Its default is HUP, which the operator may have given to a reload. */
    private void addReopen(@Nullable String signal) {
        if (signal != null && !addUnlessBound(signal, Command.REOPEN_LOG)) {
            setup.journal().event("reopen-log=" + signal + " is left out: the signal means something else already");
        }
    }

    /**
     * Whether Ctrl-C on a terminal reaches this process and would end it. A signal that was ignored at start, as a
     * script's background process has it, stays so.
     */
    private boolean interruptible() {
        return Terminal.inForeground() && !ProcessFacts.read().ignores(SIGINT);
    }

    private boolean addUnlessBound(String signal, Command command) {
        for (Binding each : all) {
            if (each.signal().equals(signal)) {
                return false;
            }
        }
        add(signal, command);
        return true;
    }

    private void add(@Nullable String signal, Command command) {
        if (signal != null) {
            all.add(new Binding(signal, command));
        }
    }
}
