// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import io.reloader.control.Journal;
import io.reloader.os.ProcessFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/** Takes the bound signals through the JVM's dispatcher and says which cannot be had. Runs on the start-up path. */
final class Taking {
    private final CommandSink sink;
    private final Journal journal;

    Taking(CommandSink sink, Journal journal) {
        this.sink = sink;
        this.journal = journal;
    }

    /** Without {@code suspendToo} HotSpot's suspend signal is prepared and left where it is. */
    Armed[] take(List<Binding> bindings, boolean suspendToo) {
        if (!jvmDispatches()) {
            journal.trouble("no signal armed: the JVM runs with -Xrs and hands none to Java; use the command line, or"
                    + " start it without -Xrs");
            return new Armed[0];
        }
        ProcessFacts facts = ProcessFacts.read();
        int suspend = SuspendSignal.number(System.getenv("_JAVA_SR_SIGNUM"));
        Armed[] taken = new Armed[bindings.size()];
        int count = 0;
        for (Binding binding : bindings) {
            Armed each = prepare(binding, suspend);
            boolean later = !suspendToo && each instanceof SuspendSignal;
            if (each != null && (later || took(each, facts))) {
                taken[count++] = each;
            }
        }
        Armed[] all = new Armed[count];
        System.arraycopy(taken, 0, all, 0, count);
        return all;
    }

    private @Nullable Armed prepare(Binding binding, int suspend) {
        try {
            Signal signal = new Signal(binding.signal());
            return signal.getNumber() == suspend
                    ? new SuspendSignal(binding, signal, sink, journal)
                    : new Armed(binding, signal, sink);
        } catch (IllegalArgumentException e) {
            journal.trouble("there is no signal " + binding.signal() + "; " + binding.remedy());
            return null;
        }
    }

    private boolean took(Armed each, ProcessFacts facts) {
        int number = each.signal.getNumber();
        try {
            each.take();
        } catch (IllegalArgumentException e) {
            journal.trouble(each.signal + " belongs to the JVM; " + each.binding.remedy());
            return false;
        }
        if (each.tookFromApplication()) {
            each.release();
            journal.trouble(each.signal + " has a handler of the application's own and is left to it; "
                    + each.binding.remedy());
            return false;
        }
        if (facts.blocks(number)) {
            journal.trouble(each.signal + " is blocked by the process that started this JVM and will not arrive; "
                    + each.binding.remedy());
        }
        return !facts.ignores(number) || tookIgnored(each);
    }

    /** HotSpot leaves HUP, INT and TERM ignored where they were, as nohup expects, yet accepts handlers for them. */
    private boolean tookIgnored(Armed each) {
        if (ProcessFacts.read().ignores(each.signal.getNumber())) {
            each.release();
            journal.trouble(each.signal + " is ignored by the process that started this JVM and stays so; "
                    + each.binding.remedy());
            return false;
        }
        journal.setting(each.signal + " was ignored by the process that started this JVM; armed all the same");
        return true;
    }

    /** Without its dispatcher thread the JVM accepts handlers that never run. */
    private static boolean jvmDispatches() {
        ThreadGroup system = Thread.currentThread().getThreadGroup();
        while (system != null && system.getParent() != null) {
            system = system.getParent();
        }
        if (system == null) {
            return false;
        }
        Thread[] threads = new Thread[system.activeCount() + 16];
        int count = system.enumerate(threads, false);
        for (int i = 0; i < count; i++) {
            if ("Signal Dispatcher".equals(threads[i].getName())) {
                return true;
            }
        }
        return false;
    }
}
