// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Gives each added member of one class a home, or says why it can have none. */
public final class Plan {
    private static final String MODIFIERS = "a running JVM cannot change a method's modifiers";
    private static final int KIND = Opcodes.ACC_STATIC
            | Opcodes.ACC_PRIVATE
            | Opcodes.ACC_ABSTRACT
            | Opcodes.ACC_NATIVE
            | Opcodes.ACC_SYNCHRONIZED;
    private static final Set<String> SERIAL = Set.of(
            "readObject",
            "writeObject",
            "readResolve",
            "writeReplace",
            "readExternal",
            "writeExternal",
            "readObjectNoData",
            "$deserializeLambda$");

    private final Subject subject;
    private final ClassNode after;
    private final Map<String, MethodNode> pinned;
    private final ClassNode shaped;
    private final String fresh;

    /** Whether its private members are open to its package. */
    private final boolean detached;

    private Homes homes;
    private final List<Refusal> refusals = new ArrayList<>();

    private Plan(Subject subject) {
        this.subject = subject;
        shaped = Subject.read(subject.shaped());
        after = Subject.read(subject.after());
        pinned = Subject.methods(shaped);
        fresh = subject.fresh();
        detached = shaped.nestHostClass == null && after.nestHostClass != null;
        homes = subject.homes();
    }

    public static Plan of(Subject subject) {
        Plan plan = new Plan(subject);
        if ((plan.after.version & 0xffff) < Opcodes.V1_7) {
            plan.refusals.add(Refusal.of(
                    plan.after.name, "is compiled for a Java before 7", "its class file cannot say what was added"));
            return plan;
        }
        plan.constants();
        plan.tables();
        plan.after.methods.forEach(plan::method);
        plan.shaped.methods.forEach(plan::left);
        plan.after.fields.forEach(plan::field);
        plan.shaped.fields.forEach(plan::left);
        return plan;
    }

    public Homes homes() {
        return homes;
    }

    public List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    /** What reads them by number, and what has been told of it, goes on. */
    private void constants() {
        List<String> now = constants(after);
        List<String> kept = constants(shaped).stream().filter(now::contains).toList();
        if (!kept.equals(now.stream().filter(kept::contains).toList())) {
            refusals.add(Refusal.of(
                    after.name,
                    "has its constants in another order",
                    "a running JVM cannot renumber an enum's constants"));
        }
    }

    private static List<String> constants(ClassNode node) {
        return node.fields.stream()
                .filter(each -> (each.access & Opcodes.ACC_ENUM) != 0)
                .map(each -> each.name)
                .toList();
    }

    private void tables() {
        if (subject.renumbered() && Tables.alone(after)) {
            homes = Tables.in(fresh, after, homes);
        } else if (subject.renumbered()) {
            refusals.add(Refusal.of(
                    after.name,
                    "numbers the cases of a switch over an enum anew",
                    "the table of these is in a class that has more than tables"));
        }
    }

    private void method(MethodNode method) {
        String key = method.name + method.desc;
        MethodNode native_ = pinned.get(key);
        if (method.name.equals("<clinit>")) {
            return;
        }
        if (native_ != null) {
            boolean wider = breadth(method.access) > breadth(native_.access);
            int kind = KIND & ~Opcodes.ACC_ABSTRACT & ~(detached ? Opcodes.ACC_PRIVATE : 0);
            if (((native_.access ^ method.access) & kind) != 0 || wider) {
                refuse(method, "changes its modifiers", MODIFIERS);
            } else if ((native_.access & ~method.access & Opcodes.ACC_ABSTRACT) != 0 && homes.body(key) == null) {
                String bound = Link.bound(after.name, method.desc);
                homes = homes.withBody(key, new Home(fresh, method.name + "$super", bound));
            }
            return;
        }
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        boolean isConstructor = method.name.equals("<init>");
        String descriptor = isConstructor
                ? Riding.home(fresh, method.name, after.name, method.desc).descriptor()
                : isStatic ? method.desc : Link.bound(after.name, method.desc);
        Home known = homes.method(key);
        if (known != null && known.descriptor().equals(descriptor)) {
            return;
        }
        if ((after.access & Opcodes.ACC_ANNOTATION) != 0) {
            refuse(method, "was added", "annotations are read by reflection, which does not see added members");
        } else if ((method.access & Opcodes.ACC_NATIVE) != 0) {
            refuse(method, "was added", "a native method is bound to its own class");
        } else if (SERIAL.contains(method.name)) {
            refuse(method, "was added", "serialization looks for it by reflection, which does not see added members");
        } else if (annotated(method.visibleAnnotations)) {
            refuse(
                    method,
                    "was added with an annotation",
                    "what looks for that does so by reflection, which does not see added members");
        } else if (isConstructor) {
            constructor(method, key, descriptor);
        } else {
            homes = homes.withMethod(key, new Home(fresh, unique(method.name, descriptor), descriptor));
        }
    }

    private void constructor(MethodNode method, String key, String descriptor) {
        Carrier carrier = homes.carrier() == null ? Carrier.of(shaped).orElse(null) : homes.carrier();
        if (carrier == null) {
            refuse(method, "was added", "the class was loaded without any constructor");
        } else if (annotatedParameters(method)) {
            refuse(
                    method,
                    "was added with annotated parameters",
                    "what looks for those does so by reflection, which does not see added members");
        } else {
            homes = homes.withMethod(key, new Home(fresh, unique("new", descriptor), descriptor))
                    .withCarrier(carrier.with(method.desc));
        }
    }

    private static boolean annotatedParameters(MethodNode method) {
        return method.visibleParameterAnnotations != null
                && Arrays.stream(method.visibleParameterAnnotations).anyMatch(Plan::annotated);
    }

    /** What was there when the class was loaded, and is not any more. */
    private void left(MethodNode method) {
        boolean gone = after.methods.stream()
                .noneMatch(each -> each.name.equals(method.name) && each.desc.equals(method.desc));
        if (gone && annotated(method.visibleAnnotations)) {
            refuse(
                    method,
                    "was removed with an annotation",
                    "what looks for that does so by reflection, which goes on seeing it");
        }
    }

    private void field(FieldNode field) {
        FieldNode native_ = shaped.fields.stream()
                .filter(each -> each.name.equals(field.name) && each.desc.equals(field.desc))
                .findFirst()
                .orElse(null);
        if (native_ != null) {
            int kind = Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE | Opcodes.ACC_TRANSIENT;
            boolean freed = (native_.access & ~field.access & Opcodes.ACC_FINAL) != 0;
            if (((native_.access ^ field.access) & kind) != 0
                    || freed
                    || breadth(field.access) > breadth(native_.access)) {
                refuse(field, "changes its modifiers", "a running JVM cannot change a field's modifiers");
            }
            return;
        }
        Home table = Tables.is(field) ? homes.field(field.name + field.desc) : null;
        if (table != null && table.companion().equals(fresh)) {
            return;
        }
        FieldNode known = added(field);
        if (known != null && ((known.access ^ field.access) & Opcodes.ACC_VOLATILE) != 0) {
            refuse(field, "changes its modifiers", "a running JVM cannot change a field's modifiers");
            return;
        } else if (known != null && ((known.access ^ field.access) & Opcodes.ACC_STATIC) == 0) {
            return;
        }
        if ((field.access & Opcodes.ACC_ENUM) != 0) {
            refuse(field, "was added", "a running JVM cannot add an enum's constants");
        } else if (annotated(field.visibleAnnotations)) {
            refuse(
                    field,
                    "was added with an annotation",
                    "what looks for that does so by reflection, which does not see added members");
        } else if ((field.access & Opcodes.ACC_STATIC) != 0 && !awaits() && !alone(field)) {
            refuse(field, "was added", "the part of the static initialiser that sets it cannot be run by itself");
        } else {
            homes = homes.withField(
                    field.name + field.desc,
                    new Home(
                            fresh,
                            unique(field.name, field.desc),
                            field.desc,
                            awaits() && (field.access & Opcodes.ACC_STATIC) != 0));
        }
    }

    /** Whether what sets a static field can be run by itself. */
    private boolean alone(FieldNode field) {
        return Slice.possible(after, field) && !Reach.sets(after, field);
    }

    /** Whether the new static initialiser is still to run. */
    private boolean awaits() {
        String initialiser = "<clinit>()V";
        return !subject.initialised()
                && pinned.containsKey(initialiser)
                && Subject.methods(after).containsKey(initialiser);
    }

    /** As an earlier reload has added it; null if none has. */
    private @Nullable FieldNode added(FieldNode field) {
        Home home = homes.field(field.name + field.desc);
        byte[] companion = home == null ? null : subject.companions().get(home.companion());
        return home == null || companion == null
                ? null
                : Subject.read(companion).fields.stream()
                        .filter(each -> each.name.equals(home.name()) && each.desc.equals(home.descriptor()))
                        .findFirst()
                        .orElse(null);
    }

    private void left(FieldNode field) {
        boolean gone = after.fields.stream().noneMatch(each -> each.name.equals(field.name));
        if (gone && (field.access & Opcodes.ACC_ENUM) != 0) {
            refuse(field, "was removed", "a running JVM cannot remove an enum's constants");
        } else if (gone && annotated(field.visibleAnnotations)) {
            refuse(
                    field,
                    "was removed with an annotation",
                    "what looks for that does so by reflection, which goes on seeing it");
        }
    }

    /** A static method may have the parameters that an instance method gets when it is moved. */
    private String unique(String name, String descriptor) {
        String free = name;
        for (int i = 2; taken(new Home(fresh, free, descriptor)); i++) {
            free = name + "$" + i;
        }
        return free;
    }

    private boolean taken(Home home) {
        return homes.methods().containsValue(home) || homes.fields().containsValue(home);
    }

    /** An annotation of the language itself is nobody's to look for. */
    private static boolean annotated(@Nullable List<AnnotationNode> annotations) {
        return annotations != null && annotations.stream().anyMatch(each -> !each.desc.startsWith("Ljava/lang/"));
    }

    static int breadth(int access) {
        if ((access & Opcodes.ACC_PUBLIC) != 0) {
            return 3;
        }
        return (access & Opcodes.ACC_PROTECTED) != 0 ? 2 : (access & Opcodes.ACC_PRIVATE) != 0 ? 0 : 1;
    }

    private void refuse(MethodNode method, String fact, String reason) {
        refusals.add(Refusal.of(after.name, method, fact, reason));
    }

    private void refuse(FieldNode field, String fact, String reason) {
        refusals.add(Refusal.of(after.name, field, fact, reason));
    }
}
