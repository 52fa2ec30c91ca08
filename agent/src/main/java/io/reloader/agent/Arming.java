// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.code.ClassTakeUp;
import io.reloader.code.Versions;
import io.reloader.control.Audience;
import io.reloader.control.Command;
import io.reloader.control.Inbox;
import io.reloader.control.Questions;
import io.reloader.door.About;
import io.reloader.door.Control;
import io.reloader.options.Option;
import io.reloader.os.NativeAccess;
import io.reloader.os.NativeUnavailable;
import io.reloader.pool.LivePools;
import io.reloader.pool.PoolInfo;
import io.reloader.pool.Roles;
import io.reloader.signal.Signals;
import io.reloader.weave.BootClasses;
import io.reloader.weave.PoolWeaver;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The slow part of the start: native code, weaving, pools, the files classes came from. Runs once, on the thread
 * {@code reloader-start}, beside the application's own start. Each part that fails is told and leaves the others in
 * force.
 */
final class Arming implements Runnable {
    /** Set for the command line to find when it attaches. */
    private static final String MARKER = "io.reloader.agent";

    /** Applications that start by and by have classes woven by and by. */
    private static final long QUIET_MILLIS = 30_000;

    private final Setup setup;
    private final Parts parts;
    /** Confined to the thread that runs this; null unless the pools are woven. */
    private @Nullable PoolWeaver weaver;

    private final CountDownLatch done = new CountDownLatch(1);

    /** What the start-up path has made. */
    record Parts(
            Signals signals,
            ArmedPools pools,
            ClassTakeUp code,
            Versions versions,
            CanarySwitch canary,
            Inbox inbox,
            Supervision supervision,
            Audience audience,
            Questions questions,
            Told told,
            CurrentOptions options,
            Leaving leaving) {}

    Arming(Setup setup, Parts parts) {
        this.setup = setup;
        this.parts = parts;
    }

    @Override
    public void run() {
        NamedHooks hooks = new NamedHooks(setup);
        try {
            beReadyToLeave();
            armSignals();
            armPools(hooks);
            rememberClasses();
            catchUp();
            openDoors();
            hooks.bind(parts.told);
            FlightRecording.bind(parts.told, parts.leaving.undoing());
            parts.signals.check();
            setup.journal().setting(parts.signals.describe());
            System.setProperty(MARKER, setup.version());
            parts.supervision.connect(parts.inbox);
            setup.daemon().announce(AgentThreads.named("reloader-ready"), setup.natives());
        } finally {
            parts.inbox.put(Command.READY);
            done.countDown();
            hooks.check();
            loadTheRest();
            parts.leaving.armed();
            letGo();
        }
    }

    private void catchUp() {
        PoolWeaver used = weaver;
        if (used != null) {
            used.catchUp();
        }
    }

    private void letGo() {
        PoolWeaver used = weaver;
        try {
            if (used != null) {
                used.rest(QUIET_MILLIS);
            }
        } catch (InterruptedException left) {
            // The agent leaves the process, and what weaves with it.
            return;
        }
    }

    /** Of what the start-up path has done. */
    private void beReadyToLeave() {
        Undo undo = parts.leaving.undoing();
        undo.add("the property " + MARKER, () -> System.clearProperty(MARKER));
        undo.add("signals", parts.signals::disarm);
        undo.add("the watch on classes", () -> parts.code.leave(parts.leaving::note));
    }

    private static void loadTheRest() {
        if (Arming.class.getClassLoader() instanceof Runnable loader) {
            loader.run();
        }
    }

    /** Whether all is armed, or has been given up, within this time. */
    boolean await(long seconds) {
        try {
            return done.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void armSignals() {
        try {
            NativeAccess access = setup.natives().open();
            if (setup.late()) {
                parts.signals.armLate(access);
            } else {
                parts.signals.armStub(access);
            }
        } catch (NativeUnavailable e) {
            if (setup.late()) {
                parts.signals.armEarly();
            }
            parts.signals.leaveSuspendSignal(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            setup.journal().trouble("signals are not fully armed: " + e + "; please report it");
        }
    }

    private void armPools(NamedHooks hooks) {
        try {
            new BootClasses(setup.instrumentation(), Arming::bootClass)
                    .define(setup.options().on(Option.STRUCTURE));
            Undo undo = parts.leaving.undoing();
            undo.add("the choice of code by thread", parts.versions::close);
            Roles roles = new Roles(
                    setup.options().patterns(Option.WORKERS), setup.options().patterns(Option.TASKS));
            PoolWeaver weaver = new PoolWeaver(setup.instrumentation(), setup.journal()::trouble);
            this.weaver = weaver;
            LivePools.Agent agent = new LivePools.Agent(
                    () -> parts.inbox.put(Command.TICK),
                    signal -> parts.signals.check(),
                    setup.journal()::trouble,
                    weaver::refused,
                    parts.versions::turn,
                    hooks.workers());
            LivePools live = new LivePools(roles, setup.options().count(Option.BATCH), agent);
            undo.add("the hooks of pools", live::unhook);
            live.hook();
            undo.add("the canary", parts.canary::disarm);
            parts.canary.arm(setup.options());
            undo.add("woven classes", weaver::uninstall);
            undo.add("the wait for weaving to end", Thread.currentThread()::interrupt);
            weaver.install();
            live.discover();
            if (setup.late()) {
                tellLimits(live);
            }
            parts.pools.arm(live);
        } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
            setup.journal()
                    .trouble("pools are not rolled in this JVM (" + Runtime.version() + "): " + e
                            + "; changed classes are taken up all the same");
        }
    }

    /** Before it is told that all is armed: whoever waits for that may ask at once. */
    private void openDoors() {
        Executor threads = AgentThreads.named("reloader-code");
        Control control = new Control(parts.inbox, parts.audience, parts.questions, parts.code, threads);
        About about = about();
        Undo undo = parts.leaving.undoing();
        new Way(about, control, setup.journal(), undo).open();
        new Management(about, control, setup.journal()).open(setup.instrumentation(), parts.told, undo);
    }

    private About about() {
        ProcessHandle self = ProcessHandle.current();
        Instant started = self.info().startInstant().orElseGet(Instant::now);
        return new About(setup.version(), self.pid(), started, setup.late(), parts.options);
    }

    /** Of the workers that were in their loops before these were woven. */
    private void tellLimits(LivePools live) {
        int workers = 0;
        int pools = 0;
        for (PoolInfo pool : live.list()) {
            workers += pool.workers();
            pools++;
        }
        if (workers > 0) {
            parts.leaving.note("attach: " + workers + (workers == 1 ? " thread" : " threads") + " of " + pools
                    + (pools == 1 ? " pool" : " pools")
                    + " began before: until a reload replaces them their loops run a"
                    + " little slower, in the JVM's interpreter");
        }
    }

    private void rememberClasses() {
        try {
            parts.code.remember();
        } catch (RuntimeException | LinkageError e) {
            setup.journal().trouble("the files of loaded classes were not all noted: " + e + "; please report it");
        }
    }

    private static byte[] bootClass(String name) throws IOException {
        String entry = "boot/" + name + ".classdata";
        try (InputStream in = Arming.class.getClassLoader().getResourceAsStream(entry)) {
            if (in == null) {
                throw new IOException(entry + " is missing in the agent's jar");
            }
            return in.readAllBytes();
        }
    }
}
