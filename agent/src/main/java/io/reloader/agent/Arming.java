// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.code.ClassTakeUp;
import io.reloader.control.Command;
import io.reloader.control.Inbox;
import io.reloader.control.Journal;
import io.reloader.options.Option;
import io.reloader.options.Options;
import io.reloader.os.NativeAccess;
import io.reloader.os.NativeUnavailable;
import io.reloader.pool.LivePools;
import io.reloader.pool.Roles;
import io.reloader.signal.Signals;
import io.reloader.weave.BootClasses;
import io.reloader.weave.PoolWeaver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.ReloaderHooks;

/**
 * The slow part of the start: native code, weaving, pools, the files classes came from. Runs once, on the thread
 * {@code reloader-start}, beside the application's own start. Each part that fails is told and leaves the others in
 * force.
 */
final class Arming {
    /** Set for the command line to find when it attaches. */
    private static final String MARKER = "io.reloader.agent";

    private final Instrumentation instrumentation;
    private final Options options;
    private final Journal journal;
    private final String version;

    Arming(Instrumentation instrumentation, Options options, Journal journal, String version) {
        this.instrumentation = instrumentation;
        this.options = options;
        this.journal = journal;
        this.version = version;
    }

    void run(Signals signals, ArmedPools pools, ClassTakeUp code, Inbox inbox, boolean late) {
        armSignals(signals, late);
        armPools(pools, signals, inbox);
        rememberClasses(code);
        signals.check();
        journal.setting(signals.describe());
        System.setProperty(MARKER, version);
    }

    private void armSignals(Signals signals, boolean late) {
        try {
            NativeAccess access = NativeAccess.open(instrumentation);
            if (late) {
                signals.armLate(access);
            } else {
                signals.armStub(access);
            }
        } catch (NativeUnavailable e) {
            signals.leaveSuspendSignal(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            journal.trouble("signals are not fully armed: " + e + "; please report it");
        }
    }

    private void armPools(ArmedPools pools, Signals signals, Inbox inbox) {
        try {
            new BootClasses(instrumentation, Arming::bootClass).define();
            Roles roles = new Roles(options.patterns(Option.WORKERS), options.patterns(Option.TASKS));
            LivePools live = new LivePools(
                    roles, options.count(Option.BATCH), () -> inbox.put(Command.TICK), signal -> signals.check());
            ReloaderHooks.handler = live.hooks();
            new PoolWeaver(instrumentation).install().ifPresent(journal::trouble);
            live.discover();
            pools.arm(live);
        } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
            journal.trouble("pools are not rolled in this JVM (" + Runtime.version() + "): " + e
                    + "; changed classes are taken up all the same");
        }
    }

    private void rememberClasses(ClassTakeUp code) {
        try {
            code.remember();
        } catch (RuntimeException | LinkageError e) {
            journal.trouble("the files of loaded classes were not all noted: " + e + "; please report it");
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
