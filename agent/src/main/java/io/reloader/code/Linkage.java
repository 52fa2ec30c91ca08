// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.code.Reference.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Links the references of one class as the JVM would (JVMS 5.4.3), without loading anything. */
final class Linkage {
    private static final Set<String> POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

    /**
     * Why a reference does not link.
     *
     * @param subject the type or member that is not as the reference needs it
     * @param owner where that is looked for; null if there is no such type
     */
    record Break(
            String subject,
            String fact,
            String type,
            @Nullable Shape owner) {}

    /** A member where it is declared. */
    private record Member(Shape declaring, int access) {
        boolean is(int flag) {
            return (access & flag) != 0;
        }
    }

    private final World world;
    private final ClassLoader from;
    private final Shape mine;
    private final @Nullable Module module;

    /** Whether the way up from the owner led through a class that cannot be seen. */
    private boolean lost;

    /** {@code module}: where the class is; null if that is not known. */
    Linkage(World world, ClassLoader from, Shape mine, @Nullable Module module) {
        this.world = world;
        this.from = from;
        this.mine = mine;
        this.module = module;
    }

    ClassLoader from() {
        return from;
    }

    /** Null if it links, or if that cannot be known. */
    @Nullable
    Break of(Reference reference) {
        if (reference.type().isEmpty()) {
            return null;
        }
        Sight sight = reference.type().equals(mine.name()) ? mine : world.find(from, reference.type());
        String type = Names.type(reference.type());
        if (!(sight instanceof Shape owner)) {
            return sight == Sight.None.OPAQUE ? null : new Break(type, "does not exist", type, null);
        }
        String fact = type(reference, owner);
        if (fact != null) {
            return new Break(type, fact, type, owner);
        }
        if (reference.name().isEmpty() || reference.ofArray()) {
            return null;
        }
        fact = member(reference, owner);
        return fact == null ? null : new Break(reference.human(), fact, type, owner);
    }

    /** Whether the type, or one above it, is one that the reload changes. */
    boolean changes(Reference reference) {
        return !reference.type().isEmpty() && changes(reference.type());
    }

    boolean changes(String type) {
        return world.find(from, type) instanceof Shape owner
                && everything(owner).stream().anyMatch(each -> each.origin().changed());
    }

    /** Whether one may be used where the other is wanted: true, too, if that cannot be known. */
    boolean assignable(String wanted, String given) {
        if (wanted.equals(given) || !(find(wanted) instanceof Shape to) || to.is(Opcodes.ACC_INTERFACE)) {
            return true;
        }
        lost = false;
        return !(find(given) instanceof Shape shape)
                || everything(shape).stream().anyMatch(each -> each.name().equals(wanted))
                || lost;
    }

    boolean isInterface(String type) {
        return find(type) instanceof Shape shape && shape.is(Opcodes.ACC_INTERFACE);
    }

    /** Null if there is none, or if that cannot be known. */
    @Nullable
    String superclass(String type) {
        return find(type) instanceof Shape shape && !shape.supertypes().isEmpty()
                ? shape.supertypes().get(0)
                : null;
    }

    private Sight find(String type) {
        return type.equals(mine.name()) ? mine : world.find(from, type);
    }

    private @Nullable String type(Reference reference, Shape owner) {
        if (!owner.is(Opcodes.ACC_PUBLIC) && !owner.besides(mine)) {
            return "is not public";
        }
        Module its = owner.origin().module();
        if (its != null && module != null && !(module.canRead(its) && its.isExported(owner.packageName(), module))) {
            return "is in a package that " + its + " does not export";
        }
        boolean anInterface = owner.is(Opcodes.ACC_INTERFACE);
        if (reference.kind() == Kind.NEW && owner.is(Opcodes.ACC_ABSTRACT)) {
            return "is abstract";
        }
        boolean method = !reference.name().isEmpty() && !reference.kind().ofField() && !reference.ofArray();
        if (method && anInterface != reference.ofInterface()) {
            return anInterface ? "is an interface now" : "is no interface";
        }
        return null;
    }

    private @Nullable String member(Reference reference, Shape owner) {
        lost = false;
        Member found = reference.kind().ofField() ? field(reference, owner) : method(reference, owner);
        if (found == null) {
            return lost ? null : "does not exist";
        }
        if (found.is(Opcodes.ACC_STATIC) != reference.kind().ofStatic()) {
            return found.is(Opcodes.ACC_STATIC) ? "is static" : "is not static";
        }
        if (!accessible(found)) {
            return "is " + (found.is(Opcodes.ACC_PRIVATE) ? "private" : "not public");
        }
        boolean elsewhere = !found.declaring().name().equals(mine.name());
        return reference.kind().writes() && found.is(Opcodes.ACC_FINAL) && elsewhere ? "is final" : null;
    }

    private boolean accessible(Member found) {
        Shape declaring = found.declaring();
        if (found.is(Opcodes.ACC_PUBLIC)) {
            return true;
        }
        if (found.is(Opcodes.ACC_PRIVATE)) {
            return declaring.host().equals(mine.host()) && declaring.besides(mine);
        }
        return declaring.besides(mine)
                || (found.is(Opcodes.ACC_PROTECTED) && assignable(declaring.name(), mine.name()));
    }

    private @Nullable Member field(Reference reference, Shape owner) {
        String key = reference.name() + reference.descriptor();
        for (Shape each : everything(owner)) {
            Integer access = each.fields().get(key);
            if (access != null) {
                return new Member(each, access);
            }
        }
        return null;
    }

    private @Nullable Member method(Reference reference, Shape owner) {
        String key = reference.name() + reference.descriptor();
        Integer own = owner.methods().get(key);
        if (own != null || reference.name().equals("<init>")) {
            return own == null ? null : new Member(owner, own);
        }
        if (POLYMORPHIC.contains(owner.name())
                && owner.methods().keySet().stream().anyMatch(each -> each.startsWith(reference.name() + "("))) {
            return new Member(owner, Opcodes.ACC_PUBLIC);
        }
        for (Shape each : everything(owner)) {
            Integer access = each.methods().get(key);
            if (access != null && inherited(new Member(each, access), owner)) {
                return new Member(each, access);
            }
        }
        return null;
    }

    /** A superclass's methods are all found, an interface's unless private or static. */
    private static boolean inherited(Member member, Shape owner) {
        if (member.declaring().is(Opcodes.ACC_INTERFACE)) {
            return !member.is(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC);
        }
        return !owner.is(Opcodes.ACC_INTERFACE) || member.is(Opcodes.ACC_PUBLIC);
    }

    /** The type and all above it, superclasses before interfaces. */
    private List<Shape> everything(Shape type) {
        List<Shape> classes = new ArrayList<>();
        List<Shape> interfaces = new ArrayList<>();
        gather(type, classes, interfaces, new HashSet<>());
        classes.addAll(interfaces);
        return classes;
    }

    private void gather(Shape type, List<Shape> classes, List<Shape> interfaces, Set<String> names) {
        if (!names.add(type.name())) {
            return;
        }
        (type.is(Opcodes.ACC_INTERFACE) ? interfaces : classes).add(type);
        ClassLoader loader = type.origin().loader();
        for (String each : type.supertypes()) {
            if (world.find(loader == null ? from : loader, each) instanceof Shape above) {
                gather(above, classes, interfaces, names);
            } else {
                lost = true;
            }
        }
    }
}
