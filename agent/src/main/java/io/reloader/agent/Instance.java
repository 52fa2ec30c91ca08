// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Command;
import io.reloader.control.InForce;
import io.reloader.control.Inbox;
import io.reloader.options.Option;
import io.reloader.options.OptionException;
import io.reloader.options.OptionParser;
import io.reloader.options.Options;
import io.reloader.pool.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The agent while it runs, as later attaches find it. Called under the entry's lock; answers in lines with marks. */
final class Instance {
    private static final long DETACH_WAITS_SECONDS = 30;

    private final Setup setup;
    private final Inbox inbox;
    private final InForce settings;
    private final ArmedPools pools;
    private final CanarySwitch canary;
    private final Leaving leaving;
    private final CurrentOptions options;

    /** What the start has made. */
    record Made(
            Inbox inbox,
            InForce settings,
            CurrentOptions options,
            ArmedPools pools,
            CanarySwitch canary,
            Leaving leaving) {}

    Instance(Setup setup, Made made) {
        this.setup = setup;
        this.options = made.options;
        this.inbox = made.inbox;
        this.settings = made.settings;
        this.pools = made.pools;
        this.canary = made.canary;
        this.leaving = made.leaving;
    }

    /** Whether it has left the process. */
    boolean gone() {
        return leaving.gone();
    }

    /** What an agent that came late cannot do. */
    List<String> limits() {
        return leaving.notes();
    }

    List<String> detach() {
        try {
            return leaving.request(() -> inbox.put(Command.DETACH), DETACH_WAITS_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of("! detach: interrupted while it was waited for");
        }
    }

    /** Puts options in force that a running agent can change. */
    List<String> adjust(String arguments) {
        Options wanted;
        try {
            wanted = new OptionParser(new Properties(), Map.of()).parse(arguments);
        } catch (OptionException e) {
            return told(List.of("! " + e.getMessage()));
        }
        Adjustment adjustment = new Adjustment(options.get(), wanted);
        Options next = adjustment.result();
        settings.change(Assembly.settings(next));
        pools.reassign(new Roles(next.patterns(Option.WORKERS), next.patterns(Option.TASKS)));
        canary.set(next);
        options.change(next);
        List<String> lines = new ArrayList<>(adjustment.lines());
        if (lines.isEmpty()) {
            lines.add("- reloader " + setup.version() + " is in this JVM already; nothing was changed");
        }
        return told(lines);
    }

    private List<String> told(List<String> lines) {
        for (String line : lines) {
            String text = line.substring(2);
            switch (line.charAt(0)) {
                case '*' -> setup.journal().setting(text);
                case '!' -> setup.journal().trouble(text);
                default -> setup.journal().event(text);
            }
        }
        return lines;
    }
}
