// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Objects;

/**
 * The instance fields that one reload has added to a class, for one object. An object keeps all of them in a list, in
 * the slot that its class got when it was loaded; those of classes without one are found by the object's identity.
 * Called by reloaded code, on any thread.
 */
public abstract class ReloaderState {
    /** A field of no meaning to anyone else: private, transient, synthetic. */
    public static final String SLOT = "$reloader";

    private static final ConcurrentHashMap<Key, ReloaderState> SLOTLESS = new ConcurrentHashMap<>();
    private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();

    /** Written before the state is published, and never again. */
    private ReloaderState next;

    protected ReloaderState() {}

    /** That of a type, in the list that begins here; null if there is none. */
    public static ReloaderState find(Object first, Class<?> type) {
        ReloaderState each = (ReloaderState) first;
        while (each != null && each.getClass() != type) {
            each = each.next;
        }
        return each;
    }

    /** Gives an object of this class, or of a subclass, this state, unless another thread has been faster. */
    public static ReloaderState add(Object owner, Class<?> type, ReloaderState made) {
        VarHandle slot = ReloaderMembers.slot(type);
        while (true) {
            Object first = slot == null ? first(owner) : slot.getVolatile(owner);
            ReloaderState known = find(first, made.getClass());
            if (known != null) {
                return known;
            }
            made.next = (ReloaderState) first;
            if (slot == null ? put(owner, made) : slot.compareAndSet(owner, first, made)) {
                return made;
            }
        }
    }

    /** Of an object that has no slot; null if it has no state. */
    static Object first(Object owner) {
        Objects.requireNonNull(owner);
        return SLOTLESS.get(new Probe(owner));
    }

    private static boolean put(Object owner, ReloaderState made) {
        for (Object gone = COLLECTED.poll(); gone != null; gone = COLLECTED.poll()) {
            SLOTLESS.remove(gone);
        }
        Key key = new Key(owner);
        return made.next == null ? SLOTLESS.putIfAbsent(key, made) == null : SLOTLESS.replace(key, made.next, made);
    }

    /** An object, by its identity, for as long as it is there. */
    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object owner) {
            super(owner, COLLECTED);
            hash = System.identityHashCode(owner);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            Object owner = get();
            return this == other || (owner != null && other instanceof Key && ((Key) other).get() == owner);
        }
    }

    /** Finds an object's key; for one look only. */
    private static final class Probe {
        private final Object owner;

        Probe(Object owner) {
            this.owner = owner;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(owner);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key && ((Key) other).get() == owner;
        }
    }
}
