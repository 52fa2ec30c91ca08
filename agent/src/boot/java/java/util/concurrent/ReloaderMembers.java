// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import jdk.internal.misc.Unsafe;

/**
 * Links what reloaded code cannot say in bytecode: calls of added methods by the receiver's class, and uses of private
 * members by the companions of the class that has them. Called by the JVM once for each such instruction.
 */
public final class ReloaderMembers {
    public static final int VIRTUAL = 0;
    public static final int STATIC = 1;
    public static final int SPECIAL = 2;
    public static final int GET = 3;
    public static final int PUT = 4;
    public static final int GET_STATIC = 5;
    public static final int PUT_STATIC = 6;
    public static final int NEW = 7;

    private static final Lookup TRUSTED = trusted();
    private static final Slots SLOTS = new Slots();

    private ReloaderMembers() {}

    /**
     * A call of an added method, unless a class of the receiver's declares its own.
     *
     * @param home where it lives, as a static method of this name and descriptor
     * @param within 1 if classes of its own package alone can override it
     */
    public static CallSite dispatch(
            Lookup caller, String name, MethodType type, Class<?> home, String own, String descriptor, int within)
            throws ReflectiveOperationException {
        return new Dispatch(name, type, home, living(home, own, descriptor), within == 1);
    }

    /** A call of a method that lives there, with a receiver of a class that the caller may not name. */
    public static CallSite caught(
            Lookup caller, String name, MethodType type, Class<?> home, String own, String descriptor)
            throws ReflectiveOperationException {
        return new ConstantCallSite(living(home, own, descriptor).asType(type));
    }

    /** Whether an object is of a class that the caller may not name. */
    public static CallSite is(Lookup caller, String name, MethodType type, String wanted)
            throws ReflectiveOperationException {
        Class<?> named = Class.forName(wanted, false, caller.lookupClass().getClassLoader());
        MethodType asked = MethodType.methodType(boolean.class, Object.class);
        return new ConstantCallSite(TRUSTED.findVirtual(Class.class, "isInstance", asked)
                .bindTo(named)
                .asType(type));
    }

    /** The caller may use it, but maybe not name the classes of its parameters. */
    private static MethodHandle living(Class<?> home, String name, String descriptor)
            throws ReflectiveOperationException {
        MethodType type = MethodType.fromMethodDescriptorString(descriptor, home.getClassLoader());
        MethodHandle found = TRUSTED.findStatic(home, name, type);
        if (!open(found)) {
            throw new IllegalAccessException(home.getName() + "." + name + " is not public");
        }
        return found;
    }

    /**
     * A use of a member that the caller stands in for its host to use.
     *
     * @param host on whose behalf: of the caller's own loader and package
     */
    public static CallSite member(
            Lookup caller, String name, MethodType type, Class<?> owner, Class<?> host, int kind, String member)
            throws ReflectiveOperationException {
        Class<?> from = caller.lookupClass();
        boolean standsIn = caller.hasFullPrivilegeAccess()
                && from.getClassLoader() == host.getClassLoader()
                && from.getPackageName().equals(host.getPackageName());
        MethodHandle found = standsIn ? find(member, type, owner, host, kind) : null;
        if (found == null || !(owner.getClassLoader() == host.getClassLoader() || open(found))) {
            throw new IllegalAccessException(from.getName() + " may not use " + owner.getName() + "." + member);
        }
        return new ConstantCallSite(found.asType(type));
    }

    /**
     * A use of a static field that its class sets when it is initialised, as it is here.
     *
     * @param home where it lives, public, under this name
     * @param put 1 if it is set
     */
    public static CallSite awaiting(Lookup caller, String name, MethodType type, Class<?> owner, Class<?> home, int put)
            throws ReflectiveOperationException {
        Unsafe.getUnsafe().ensureClassInitialized(owner);
        return new ConstantCallSite(
                put == 1
                        ? TRUSTED.findStaticSetter(home, name, type.parameterType(0))
                        : TRUSTED.findStaticGetter(home, name, type.returnType()));
    }

    /** Whether its static initialiser has run. */
    public static boolean initialised(Class<?> type) {
        return !Unsafe.getUnsafe().shouldBeInitialized(type);
    }

    /** What is in the slot of an object of the class that has had fields added. */
    public static CallSite state(Lookup caller, String name, MethodType type) throws ReflectiveOperationException {
        MethodHandle first;
        try {
            first = TRUSTED.findGetter(type.parameterType(0), ReloaderState.SLOT, Object.class);
        } catch (NoSuchFieldException e) {
            first = TRUSTED.findStatic(ReloaderState.class, "first", MethodType.methodType(Object.class, Object.class));
        }
        return new ConstantCallSite(first.asType(type));
    }

    /** Null if objects of the class have none. */
    static VarHandle slot(Class<?> type) {
        return SLOTS.get(type).handle;
    }

    private static boolean open(MethodHandle found) {
        int modifiers = TRUSTED.revealDirect(found).getModifiers();
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static MethodHandle find(String name, MethodType type, Class<?> owner, Class<?> host, int kind)
            throws ReflectiveOperationException {
        switch (kind) {
            case VIRTUAL:
                return TRUSTED.findVirtual(owner, name, type.dropParameterTypes(0, 1));
            case STATIC:
                return TRUSTED.findStatic(owner, name, type);
            case SPECIAL:
                return TRUSTED.findSpecial(owner, name, type.dropParameterTypes(0, 1), host);
            case GET:
                return TRUSTED.findGetter(owner, name, type.returnType());
            case PUT:
                return TRUSTED.findSetter(owner, name, type.parameterType(1));
            case GET_STATIC:
                return TRUSTED.findStaticGetter(owner, name, type.returnType());
            case PUT_STATIC:
                return TRUSTED.findStaticSetter(owner, name, type.parameterType(0));
            default:
                return TRUSTED.findConstructor(owner, type.changeReturnType(void.class));
        }
    }

    private static Lookup trusted() {
        try {
            Field field = Lookup.class.getDeclaredField("IMPL_LOOKUP");
            field.setAccessible(true);
            return (Lookup) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Picks by the receiver's class; what a class declares itself does not change while it is loaded. */
    private static final class Dispatch extends MutableCallSite {
        private static final int INLINED = 4;

        private final String name;
        private final MethodHandle own;
        private final Class<?> home;
        private final MethodHandle pick;
        private final boolean within;
        private int inlined;

        private final Picked picked = new Picked(this);

        Dispatch(String name, MethodType type, Class<?> home, MethodHandle own, boolean within)
                throws ReflectiveOperationException {
            super(type);
            this.name = name;
            this.within = within;
            this.own = own.asType(type);
            this.home = home;
            MethodHandle bound = TRUSTED.findVirtual(
                            Dispatch.class, "pick", MethodType.methodType(MethodHandle.class, Object.class))
                    .bindTo(this);
            MethodHandle chosen = bound.asType(MethodType.methodType(MethodHandle.class, type.parameterType(0)));
            pick = MethodHandles.foldArguments(MethodHandles.exactInvoker(type), chosen);
            setTarget(pick);
        }

        MethodHandle pick(Object receiver) throws ReflectiveOperationException {
            Class<?> type = receiver.getClass();
            MethodHandle found = picked.get(type);
            inline(type, found);
            return found;
        }

        private synchronized void inline(Class<?> type, MethodHandle found) throws ReflectiveOperationException {
            if (inlined < INLINED) {
                inlined++;
                MethodHandle is = TRUSTED.findStatic(
                                Dispatch.class, "is", MethodType.methodType(boolean.class, Class.class, Object.class))
                        .bindTo(type);
                MethodHandle test = is.asType(MethodType.methodType(boolean.class, type().parameterType(0)));
                setTarget(MethodHandles.guardWithTest(test, found, getTarget()));
            }
        }

        static boolean is(Class<?> type, Object receiver) {
            return receiver.getClass() == type;
        }

        private MethodHandle natively(Class<?> receiver) {
            MethodType wanted = type().dropParameterTypes(0, 1);
            for (Class<?> at = receiver; at != null; at = at.getSuperclass()) {
                try {
                    MethodHandle found = TRUSTED.findVirtual(at, name, wanted);
                    MethodHandleInfo member = TRUSTED.revealDirect(found);
                    if (overrides(member)) {
                        return Modifier.isAbstract(member.getModifiers()) ? own : found.asType(type());
                    }
                } catch (NoSuchMethodException | IllegalAccessException e) {
                    // A static method of this name is none either.
                }
            }
            return own;
        }

        private boolean overrides(MethodHandleInfo member) {
            if (Modifier.isPrivate(member.getModifiers())) {
                return false;
            }
            Class<?> its = member.getDeclaringClass();
            boolean open = Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
            return !(within || !open)
                    || (its.getClassLoader() == home.getClassLoader()
                            && its.getPackageName().equals(home.getPackageName()));
        }
    }

    /** What one call has picked, by class. */
    private static final class Picked extends ClassValue<MethodHandle> {
        private final Dispatch dispatch;

        Picked(Dispatch dispatch) {
            this.dispatch = dispatch;
        }

        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return dispatch.natively(type);
        }
    }

    /** By the class that has had fields added. */
    private static final class Slots extends ClassValue<Slot> {
        @Override
        protected Slot computeValue(Class<?> type) {
            try {
                return new Slot(TRUSTED.findVarHandle(type, ReloaderState.SLOT, Object.class));
            } catch (ReflectiveOperationException e) {
                return new Slot(null);
            }
        }
    }

    private static final class Slot {
        private final VarHandle handle;

        Slot(VarHandle handle) {
            this.handle = handle;
        }
    }
}
