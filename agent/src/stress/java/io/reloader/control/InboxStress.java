// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** What is put into the inbox is taken: no command is lost or taken twice, and none waits while its reader sleeps. */
public final class InboxStress {
    private static final long FOREVER = Long.MAX_VALUE;

    private InboxStress() {}

    /** A command that comes as another is put and taken; then what is left. */
    @JCStressTest
    @Outcome(id = "STOP, RELOAD_WORKERS, TICK", expect = ACCEPTABLE, desc = "the stop was there already")
    @Outcome(id = "RELOAD_WORKERS, STOP, TICK", expect = ACCEPTABLE, desc = "the stop was not there yet")
    @State
    public static class EachIsTakenOnce {
        private final Inbox inbox = new Inbox();

        @Actor
        public void stop() {
            inbox.put(Command.STOP);
        }

        @Actor
        public void reload(LLL_Result result) {
            inbox.put(Command.RELOAD_WORKERS);
            result.r1 = inbox.take(0);
        }

        @Arbiter
        public void rest(LLL_Result result) {
            result.r2 = inbox.take(0);
            result.r3 = inbox.take(0);
        }
    }

    /** Equal ones coalesce, but for one that comes once the first was taken. */
    @JCStressTest
    @Outcome(id = "STOP, TICK, TICK", expect = ACCEPTABLE, desc = "both were one")
    @Outcome(id = "STOP, STOP, TICK", expect = ACCEPTABLE, desc = "one came after the other was taken")
    @State
    public static class EqualOnesAreTakenAtLeastOnce {
        private final Inbox inbox = new Inbox();

        @Actor
        public void first() {
            inbox.put(Command.STOP);
        }

        @Actor
        public void second(LLL_Result result) {
            inbox.put(Command.STOP);
            result.r1 = inbox.take(0);
        }

        @Arbiter
        public void rest(LLL_Result result) {
            result.r2 = inbox.take(0);
            result.r3 = inbox.take(0);
        }
    }

    /** The reader may be asleep, or about to be. */
    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "the reader has the command")
    @State
    public static class AReaderIsWoken {
        private final Inbox inbox = new Inbox();

        @Actor
        public void take() {
            inbox.take(FOREVER);
        }

        @Signal
        public void stop() {
            inbox.put(Command.STOP);
        }
    }
}
