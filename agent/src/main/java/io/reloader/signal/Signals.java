// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import io.reloader.control.Journal;
import io.reloader.os.NativeAccess;
import io.reloader.os.NativeUnavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signals of one agent. At start: {@link #armEarly} in premain, {@link #armStub} in the background; after a late
 * attach: {@link #armLate}. {@link #check} from any thread, {@link #disarm} at the end. Nothing throws.
 */
public final class Signals {
    private final List<Binding> bindings;
    private final CommandSink sink;
    private final Journal journal;

    // Written by the arming thread.
    private volatile Armed[] armed = {};
    private volatile @Nullable Holdings holdings;

    public Signals(List<Binding> bindings, CommandSink sink, Journal journal) {
        this.bindings = bindings;
        this.sink = sink;
        this.journal = journal;
    }

    /** Takes every bound signal, HotSpot's suspend signal too: before JDK-8288556 a stray one kills the JVM. */
    public void armEarly() {
        armed = new Taking(sink, journal).take(bindings, true);
    }

    /** Puts the stub in front of the suspend signal if that is bound, for which it loads native code. */
    public void armStub(NativeAccess access) {
        Holdings held;
        try {
            held = new Holdings(new JvmSignals(), access);
        } catch (ReflectiveOperationException | RuntimeException e) {
            leaveSuspendSignal("this JDK keeps its signal table closed (" + e + ")");
            return;
        }
        holdings = held;
        for (Armed each : armed) {
            if (each instanceof SuspendSignal suspend) {
                stand(suspend, held);
            }
        }
        check();
    }

    /** In place of {@link #armStub} when there is no native access. */
    public void leaveSuspendSignal(String reason) {
        for (Armed each : armed) {
            if (each instanceof SuspendSignal suspend) {
                leave(suspend, reason);
            }
        }
    }

    /** All at once: a running flight recorder is without its suspend handler for an instant only. */
    public void armLate(NativeAccess access) {
        armed = new Taking(sink, journal).take(bindings, false);
        armStub(access);
    }

    /** The setting in force, as the operator reads it. */
    public String describe() {
        StringBuilder line = new StringBuilder();
        for (Armed each : armed) {
            if (each.inForce()) {
                line.append(' ').append(each.binding.signal()).append('=').append(each.binding.words());
            }
        }
        return line.length() == 0 ? "armed no signal" : "armed" + line;
    }

    /** Says once which signals another has taken since, or given back. To be called after every registration. */
    public void check() {
        Holdings held = holdings;
        if (held == null) {
            return;
        }
        for (Armed each : armed) {
            if (each.taken() && each.displaced(!held.holds(each))) {
                String words = each.binding.words();
                if (each.inForce()) {
                    journal.event(each.signal + " means " + words + " again");
                } else {
                    journal.trouble("the application took " + each.signal + ", which meant " + words + "; "
                            + each.binding.remedy());
                }
            }
        }
    }

    /** Restores what arming found, except where another has taken the signal since. */
    public void disarm() {
        check();
        Armed[] found = armed;
        armed = new Armed[0];
        for (Armed each : found) {
            each.release();
        }
        Holdings held = holdings;
        holdings = null;
        try {
            if (held != null) {
                held.clear();
            }
        } catch (NativeUnavailable e) {
            journal.detail("the mask of HotSpot's suspend handler was not restored: " + e.getMessage());
        }
    }

    private void stand(SuspendSignal suspend, Holdings held) {
        try {
            held.stand(suspend, armed);
        } catch (NativeUnavailable | StubRefused e) {
            leave(suspend, e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            leave(suspend, e.toString());
        }
    }

    private void leave(SuspendSignal suspend, @Nullable String reason) {
        suspend.release();
        if (hostExits()) {
            return;
        }
        journal.trouble(suspend.signal + " is left to the JVM, which suspends threads with it: " + reason
                + "; set _JAVA_SR_SIGNUM=35 in the environment of the JVM, or " + suspend.binding.option()
                + "=<another signal>");
    }

    private static boolean hostExits() {
        Thread probe = new Thread("reloader-exit-probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
