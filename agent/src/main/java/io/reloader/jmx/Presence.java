// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees the application make its MBean server, and has the bean registered there; never makes one for it, nor loads any of
 * the classes that one needs. Begun and closed by the agent; sees classes on any thread.
 */
public final class Presence implements ClassFileTransformer, Runnable, AutoCloseable {
    /** Loaded with the first server that is made or looked for. */
    private static final String FACTORY = "javax/management/MBeanServerFactory";

    private static final long FIRST_PAUSE_MILLIS = 10;
    /** Of an application that has a server of its own and not, or not yet, the JVM's: a look costs microseconds. */
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final Instrumentation instrumentation;
    private final Executor threads;
    private final Supplier<Place> place;
    private final Consumer<String> trouble;
    private final AtomicBoolean seen = new AtomicBoolean();

    // Under this.
    private boolean closed;
    private @Nullable Place taken;

    /** Where the bean goes. */
    public interface Place {
        /** Whether there is a server, which has it from now on. */
        boolean take();

        /** It is there no more. */
        void leave();
    }

    /**
     * @param threads runs the registration
     * @param place called there
     * @param trouble told if it fails
     */
    public Presence(
            Instrumentation instrumentation, Executor threads, Supplier<Place> place, Consumer<String> trouble) {
        this.instrumentation = instrumentation;
        this.threads = threads;
        this.place = place;
        this.trouble = trouble;
    }

    public void begin() {
        // Capable of retransformation, as the agent's others: those share one hook of the JVM's.
        instrumentation.addTransformer(this, true);
        String name = FACTORY.replace('/', '.');
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getClassLoader() == null && type.getName().equals(name)) {
                saw();
                return;
            }
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> type,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader == null && FACTORY.equals(name)) {
            saw();
        }
        return null;
    }

    private void saw() {
        if (seen.compareAndSet(false, true)) {
            try {
                threads.execute(this);
            } catch (RuntimeException | Error e) {
                // No thread can be had; the application goes on.
                return;
            }
        }
    }

    @Override
    public synchronized void run() {
        instrumentation.removeTransformer(this);
        try {
            long pause = FIRST_PAUSE_MILLIS;
            Place there = place.get();
            while (!closed && !there.take()) {
                TimeUnit.MILLISECONDS.timedWait(this, pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
            taken = there;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            trouble.accept("JMX: the bean is not registered: " + e + "; the command line works all the same");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        instrumentation.removeTransformer(this);
        Place there = taken;
        if (there != null) {
            there.leave();
        }
        notifyAll();
    }
}
