// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** The classes that one class loader sees, as they will be, and where their members are declared. */
public abstract class Types {

    /** A member where it is declared. */
    record Member(Type declaring, String key, int access) {
        boolean is(int flag) {
            return (access & flag) != 0;
        }

        @Nullable
        Home home() {
            return declaring.homes().method(key);
        }

        /** Whether a subclass in this package may override or inherit it. */
        boolean reaches(Type below) {
            int breadth = Plan.breadth(access);
            return breadth > 1 || (breadth == 1 && declaring.packageName().equals(below.packageName()));
        }

        /** Whether the JVM has a body for it in its class. */
        boolean hasBody() {
            Integer flags = declaring.pinned().methods().get(key);
            return flags != null && (flags & Opcodes.ACC_ABSTRACT) == 0;
        }
    }

    /** Null if there is none, or it cannot be seen. */
    public abstract @Nullable Type find(String name);

    /** Where a method is, as the JVM would resolve it; null if that cannot be known. */
    @Nullable
    Member method(String owner, String key) {
        Type type = find(owner);
        if (type == null) {
            return null;
        }
        Member own = declared(type, key);
        if (own != null || key.startsWith("<init>")) {
            return own;
        }
        Member inherited = inherited(type, key);
        Type object = inherited == null ? find("java/lang/Object") : null;
        return object != null ? declared(object, key) : inherited;
    }

    /** What a class would inherit under this name. */
    @Nullable
    Member inherited(Type type, String key) {
        for (Type each : superclasses(type)) {
            Member found = declared(each, key);
            if (found != null) {
                return found;
            }
        }
        return inInterfaces(type, key);
    }

    private @Nullable Member inInterfaces(Type type, String key) {
        Member chosen = null;
        for (Type each : interfaces(type)) {
            Member found = declared(each, key);
            if (found != null
                    && !found.is(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)
                    && (chosen == null || below(each, chosen.declaring()) || chosen.is(Opcodes.ACC_ABSTRACT))) {
                chosen = found;
            }
        }
        return chosen;
    }

    /** What a call of {@code super} reaches in the JVM, by what the classes have and by what is left over in them. */
    @Nullable
    Member reached(String owner, String key) {
        Type type = find(owner);
        if (type == null) {
            return null;
        }
        Member own = there(type, key);
        if (own != null) {
            return own;
        }
        for (Type each : superclasses(type)) {
            Member found = there(each, key);
            if (found != null) {
                return found;
            }
        }
        return inInterfaces(type, key);
    }

    /** As the source says, or as it is left over; null if it is neither. */
    static @Nullable Member there(Type type, String key) {
        Member own = declared(type, key);
        Integer left = own == null ? type.pinned().methods().get(key) : null;
        return left == null ? own : new Member(type, key, left);
    }

    /** Where a field is; null if that cannot be known. */
    @Nullable
    Type field(String owner, String key) {
        Type type = find(owner);
        if (type == null) {
            return null;
        }
        if (type.fields().containsKey(key)) {
            return type;
        }
        for (String each : type.supertypes()) {
            Type found = field(each, key);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    boolean below(Type type, Type above) {
        return type.name().equals(above.name())
                || superclasses(type).stream().anyMatch(each -> each.name().equals(above.name()))
                || interfaces(type).stream().anyMatch(each -> each.name().equals(above.name()));
    }

    /** From the nearest to Object. */
    Set<Type> superclasses(Type type) {
        Set<Type> all = new LinkedHashSet<>();
        Type at = type;
        while (at != null && !at.supertypes().isEmpty() && !at.isInterface()) {
            at = find(at.supertypes().get(0));
            if (at == null || !all.add(at)) {
                break;
            }
        }
        return all;
    }

    Set<Type> interfaces(Type type) {
        Set<Type> all = new LinkedHashSet<>();
        gather(type, all);
        superclasses(type).forEach(each -> gather(each, all));
        return all;
    }

    private void gather(Type type, Set<Type> all) {
        for (String name : type.supertypes()) {
            Type above = find(name);
            if (above != null && above.isInterface() && all.add(above)) {
                gather(above, all);
            }
        }
    }

    private static @Nullable Member declared(Type type, String key) {
        Integer access = type.methods().get(key);
        return access == null ? null : new Member(type, key, access);
    }
}
