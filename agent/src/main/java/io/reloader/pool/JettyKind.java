// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/** One copy of Jetty's QueuedThreadPool, and its subclasses. */
final class JettyKind implements PoolKind {
    private final Class<?> type;
    private final Shared shared;
    private final JettyAccess access;
    private final JettyTransfer transfer;
    private final @Nullable JettyReserve reserve;

    /** What the copies have in common. */
    record Shared(Tools tools, Ledger<JettyRoll> ledger, JettyJobs jobs, JettyProducers producers) {}

    JettyKind(Class<?> type, Shared shared) throws ReflectiveOperationException {
        this.type = type;
        this.shared = shared;
        access = new JettyAccess(type);
        transfer = new JettyTransfer(access, shared.tools().threads());
        reserve = reserveOf(type);
    }

    private static @Nullable JettyReserve reserveOf(Class<?> pool) {
        try {
            return new JettyReserve(pool);
        } catch (ReflectiveOperationException | LinkageError e) {
            // An older one, whose threads leave when they have had nothing to do for long enough.
            return null;
        }
    }

    @Override
    public @Nullable Object poolOf(Object met, Thread thread) {
        if (!access.isRunner(met)) {
            return null;
        }
        Object pool = access.poolOf(met);
        return access.threads(pool).contains(thread) ? pool : null;
    }

    /** The pool whose thread runs, or ran, this; null if it is no runner. */
    @Nullable
    Object poolOf(Object runner) {
        return access.isRunner(runner) ? access.poolOf(runner) : null;
    }

    @Override
    public Pool open(Object pool) {
        return new JettyPool(this, pool);
    }

    /** Why the workers of this pool cannot be replaced, or null. */
    @Nullable
    String unfit(Object pool) {
        for (Class<?> each = pool.getClass(); each != null && each != type; each = each.getSuperclass()) {
            for (String method : new String[] {"evict", "startThread"}) {
                if (declares(each, method)) {
                    return each.getName() + " overrides " + method + ": its workers are pinned";
                }
            }
        }
        return null;
    }

    private static boolean declares(Class<?> type, String method) {
        try {
            return type.getDeclaredMethod(method) != null;
        } catch (NoSuchMethodException | LinkageError e) {
            return false;
        }
    }

    /** Whether a job given to this pool now would be taken at once. */
    boolean hasSpare(Object pool) {
        return access.running(pool)
                && access.idleCount(pool) > 0
                && access.jobs(pool).isEmpty()
                && access.jobs(pool).remainingCapacity() > 0;
    }

    JettyWork work(Thread thread) {
        return JettyWork.of(thread.getStackTrace(), access.runnerName());
    }

    int batch() {
        return shared.tools().batch();
    }

    void wake() {
        shared.tools().wake().run();
    }

    Ledger<JettyRoll> ledger() {
        return shared.ledger();
    }

    JettyJobs jobs() {
        return shared.jobs();
    }

    JettyAccess access() {
        return access;
    }

    JettyProducers producers() {
        return shared.producers();
    }

    JettyTransfer transfer() {
        return transfer;
    }

    @Nullable
    JettyReserve reserve() {
        return reserve;
    }
}
