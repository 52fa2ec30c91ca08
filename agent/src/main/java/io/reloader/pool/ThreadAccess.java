// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The private fields of Thread that matter to a roll, read without calling what a subclass may override. */
final class ThreadAccess {
    private final VarHandle id;
    private final VarHandle loader;
    private final VarHandle inheritables;
    /** JDK 17 to 18; later the runnable is in {@link #holder}. */
    private final @Nullable VarHandle target;

    private final @Nullable VarHandle holder;
    private final @Nullable VarHandle task;
    /** Gone with the security manager in JDK 24. */
    private final @Nullable VarHandle access;

    ThreadAccess() throws ReflectiveOperationException {
        Lookup in = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
        id = in.findVarHandle(Thread.class, "tid", long.class);
        loader = in.findVarHandle(Thread.class, "contextClassLoader", ClassLoader.class);
        inheritables = in.findVarHandle(
                Thread.class, "inheritableThreadLocals", Class.forName("java.lang.ThreadLocal$ThreadLocalMap"));
        target = find(in, Thread.class, "target", Runnable.class);
        holder = target != null ? null : findHolder(in);
        task = holder == null ? null : find(in, holder.varType(), "task", Runnable.class);
        access = findAccess(in);
    }

    long id(Thread thread) {
        return (long) id.get(thread);
    }

    @Nullable
    ClassLoader loader(Thread thread) {
        return (ClassLoader) loader.get(thread);
    }

    void setLoader(Thread thread, @Nullable ClassLoader value) {
        loader.set(thread, value);
    }

    @Nullable
    Object inheritables(Thread thread) {
        return inheritables.get(thread);
    }

    void setInheritables(Thread thread, @Nullable Object value) {
        inheritables.set(thread, value);
    }

    /** What the thread runs, if it was made with a Runnable. */
    @Nullable
    Object target(Thread thread) {
        if (target != null) {
            return target.get(thread);
        }
        Object held = holder == null ? null : holder.get(thread);
        return held == null || task == null ? null : task.get(held);
    }

    /** Otherwise a successor would keep the protection domains on this stack, and so the agent's loader, alive. */
    void copyAccess(Thread from, Thread to) {
        if (access != null) {
            access.set(to, access.get(from));
        }
    }

    private static @Nullable VarHandle findHolder(Lookup in) throws ReflectiveOperationException {
        return find(in, Thread.class, "holder", Class.forName("java.lang.Thread$FieldHolder"));
    }

    private static @Nullable VarHandle findAccess(Lookup in) {
        try {
            return find(
                    in,
                    Thread.class,
                    "inheritedAccessControlContext",
                    Class.forName("java.security.AccessControlContext"));
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static @Nullable VarHandle find(Lookup in, Class<?> owner, String name, Class<?> type) {
        try {
            return in.findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
