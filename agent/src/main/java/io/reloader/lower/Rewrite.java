// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Turns the references of a method to added members into references to where these live, and those that the JVM does
 * not let code in this place make into ones that are linked on its behalf.
 */
final class Rewrite {
    private final Types types;
    private final Place place;
    private final Bridges bridges;

    /** Calls of constructors that were added, or that the place must not use. */
    private final List<MethodInsnNode> constructions = new ArrayList<>();

    Rewrite(Types types, Place place, Bridges bridges) {
        this.types = types;
        this.place = place;
        this.bridges = bridges;
    }

    void of(MethodNode method) {
        for (AbstractInsnNode at : method.instructions.toArray()) {
            AbstractInsnNode next = null;
            if (at instanceof MethodInsnNode call) {
                next = call(call);
            } else if (at instanceof FieldInsnNode field) {
                next = field(field);
                InsnList more = next == null ? state(method, field) : null;
                if (more != null) {
                    method.instructions.insert(at, more);
                    method.instructions.remove(at);
                }
            } else if (at instanceof InvokeDynamicInsnNode dynamic) {
                arguments(dynamic);
            }
            if (next != null) {
                method.instructions.set(at, next);
            }
        }
        MethodInsnNode own = method.name.equals("<init>") ? Creation.ofThis(method) : null;
        constructions.forEach(each -> construct(method, each, each == own));
        constructions.clear();
    }

    /** {@code own}: whether the constructor is called on the object that another constructs. */
    private void construct(MethodNode method, MethodInsnNode call, boolean own) {
        Type owner = types.find(call.owner);
        Homes homes = owner == null ? Homes.NONE : owner.homes();
        Home home = homes.method(call.name + call.desc);
        Carrier carrier = homes.carrier();
        if (!own) {
            Creation.replace(method, call, home == null ? Creation.linked(call, place) : to(home));
        } else if (owner == null || home == null || carrier == null || !place.reaches(owner, carrier.access())) {
            throw new Unexpressible("calls a private constructor of its superclass from outside of its nest");
        } else {
            Riding.ride(method, call, home, carrier);
        }
    }

    private @Nullable AbstractInsnNode call(MethodInsnNode call) {
        if (call.owner.startsWith("[")) {
            return null;
        }
        Types.Member found = types.method(call.owner, call.name + call.desc);
        if (call.name.equals("<init>")) {
            if (found != null && (found.home() != null || (place.outside() && isForeign(found)))) {
                constructions.add(call);
            }
            return null;
        }
        boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
        boolean special = call.getOpcode() == Opcodes.INVOKESPECIAL;
        Home body = special ? body(call.owner, call.name + call.desc) : null;
        if (found != null) {
            Home home = body == null ? found.home() : body;
            if (home != null) {
                return isStatic || special || !overridable(found, call.owner)
                        ? to(home)
                        : Link.dispatch(found, Link.bound(call.owner, call.desc), home);
            }
        }
        if (special && place.moved() && !(found != null && found.is(Opcodes.ACC_PRIVATE))) {
            return Link.call(place, Link.SPECIAL, call.owner, call.name, Link.bound(place.host(), call.desc));
        }
        if (found != null && isForeign(found)) {
            return isStatic
                    ? Link.call(place, Link.STATIC, call.owner, call.name, call.desc)
                    : Link.call(place, Link.VIRTUAL, call.owner, call.name, Link.bound(call.owner, call.desc));
        }
        return null;
    }

    private @Nullable AbstractInsnNode field(FieldInsnNode field) {
        String key = field.name + field.desc;
        Type declaring = types.field(field.owner, key);
        if (declaring == null) {
            return null;
        }
        Home home = declaring.homes().field(key);
        boolean isStatic = field.getOpcode() == Opcodes.GETSTATIC || field.getOpcode() == Opcodes.PUTSTATIC;
        if (home != null && isStatic && home.awaits() && !declaring.name().equals(thisClass())) {
            return Link.awaiting(declaring.name(), home, field.getOpcode());
        }
        if (home != null && isStatic) {
            return new FieldInsnNode(field.getOpcode(), home.companion(), home.name(), home.descriptor());
        }
        if (home != null) {
            return null;
        }
        int access =
                declaring.pinned().fields().getOrDefault(key, declaring.fields().getOrDefault(key, 0));
        return isForeign(declaring, access)
                ? Link.field(place, field.getOpcode(), field.owner, field.name, field.desc)
                : null;
    }

    /** What a use of an instance field becomes that was added; null if it was not. */
    private @Nullable InsnList state(MethodNode method, FieldInsnNode field) {
        String key = field.name + field.desc;
        Type declaring = types.field(field.owner, key);
        Home home = declaring == null ? null : declaring.homes().field(key);
        if (declaring == null || home == null) {
            return null;
        }
        MethodInsnNode construction = method.name.equals("<init>") ? Creation.ofThis(method) : null;
        if (construction != null
                && field.getOpcode() == Opcodes.PUTFIELD
                && method.instructions.indexOf(field) < method.instructions.indexOf(construction)) {
            State.afterConstruction(method, field, construction);
        }
        return State.use(declaring.name(), home, field.getOpcode());
    }

    private void arguments(InvokeDynamicInsnNode dynamic) {
        for (int i = 0; i < dynamic.bsmArgs.length; i++) {
            if (dynamic.bsmArgs[i] instanceof Handle handle && handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
                dynamic.bsmArgs[i] = handle(handle);
            }
        }
    }

    private Handle handle(Handle handle) {
        if (handle.getOwner().startsWith("[")) {
            return handle;
        }
        Types.Member found = types.method(handle.getOwner(), handle.getName() + handle.getDesc());
        boolean special = handle.getTag() == Opcodes.H_INVOKESPECIAL;
        Home home = found == null ? null : found.home();
        Home body = special ? body(handle.getOwner(), handle.getName() + handle.getDesc()) : null;
        if (found != null && home != null && (special || !overridable(found, handle.getOwner()))) {
            boolean named = found.is(Opcodes.ACC_STATIC) || found.declaring().visibleFrom(place.host());
            return body == null && named ? Link.handle(home) : bridges.to(handle, place);
        }
        boolean needed =
                home != null || body != null || (special && place.moved()) || (found != null && isForeign(found));
        return needed ? bridges.to(handle, place) : handle;
    }

    /** What a call of {@code super} reaches past the overrides that were added. */
    private @Nullable Home body(String owner, String key) {
        Types.Member reached = types.reached(above(owner), key);
        return reached == null ? null : reached.declaring().homes().body(key);
    }

    /** Whichever superclass a call of {@code super} names, the JVM begins with the direct one (JVMS 6.5). */
    private String above(String owner) {
        Type host = types.find(place.host());
        Type named = types.find(owner);
        if (host == null || host.isInterface() || host.supertypes().isEmpty() || owner.equals(host.name())) {
            return owner;
        }
        return named == null || named.isInterface() ? owner : host.supertypes().get(0);
    }

    private static boolean overridable(Types.Member found, String owner) {
        return !found.is(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL)
                && !found.declaring().is(Opcodes.ACC_FINAL)
                && !found.key().startsWith("lambda$")
                && !found.key().startsWith("<init>")
                && !owner.isEmpty();
    }

    private boolean isForeign(Types.Member found) {
        int access = found.declaring().pinned().methods().getOrDefault(found.key(), found.access());
        return isForeign(found.declaring(), access);
    }

    /** Whether the host may use it, and code in this place may not. */
    private boolean isForeign(Type declaring, int access) {
        if ((access & Opcodes.ACC_PRIVATE) != 0) {
            return place.outside() && !declaring.name().equals(thisClass());
        }
        return (access & Opcodes.ACC_PROTECTED) != 0
                && place.moved()
                && !declaring.packageName().equals(Type.packageOf(place.host()));
    }

    private String thisClass() {
        return place.moved() ? "" : place.host();
    }

    private static MethodInsnNode to(Home home) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, home.companion(), home.name(), home.descriptor(), false);
    }
}
