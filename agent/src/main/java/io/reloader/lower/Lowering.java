// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Writes one class in the shape that it was loaded with, and its companions. */
public final class Lowering {
    private final Types types;
    private final Subject subject;
    private final Map<String, Map<String, Home>> catches;
    private final ClassNode shaped;
    private final ClassNode after;
    private final Map<String, MethodNode> next;
    private final Map<String, MethodNode> pinned;
    private final Map<String, Map<String, MethodNode>> made = new TreeMap<>();
    private final Bridges bridges;
    private final boolean nested;
    private Homes homes;

    private Lowering(Subject subject, Homes homes, Types types, Catches catches) {
        this.types = types;
        this.subject = subject;
        this.homes = homes;
        shaped = Subject.read(subject.shaped());
        after = Subject.read(subject.after());
        next = Subject.methods(after);
        pinned = Subject.methods(shaped);
        nested = after.nestHostClass != null;
        this.catches = catches.of(after.name);
        bridges = new Bridges(types, this::bridge);
    }

    /** What became of a class. Immutable; the arrays are not written to. */
    public static final class Lowered {
        private final byte[] shaped;
        private final boolean plain;
        private final Map<String, byte[]> companions;
        private final Homes homes;

        Lowered(byte[] shaped, boolean plain, Map<String, byte[]> companions, Homes homes) {
            this.shaped = shaped;
            this.plain = plain;
            this.companions = companions;
            this.homes = homes;
        }

        /** In the shape that it was loaded with. */
        public byte[] shaped() {
            return shaped;
        }

        /** Whether it is what its source says all the same. */
        public boolean plain() {
            return plain;
        }

        /** Those that are new, or are what they were not, by internal name. */
        public Map<String, byte[]> companions() {
            return companions;
        }

        public Homes homes() {
            return homes;
        }
    }

    /** Why a class cannot be written; only ever thrown by {@link #of}. */
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Refusal refusal;

        Failed(Refusal refusal) {
            super(refusal.fact());
            this.refusal = refusal;
        }

        public Refusal refusal() {
            return refusal;
        }
    }

    /** {@code homes}: as planned. */
    public static Lowered of(Subject subject, Homes homes, Types types, Catches catches) throws Failed {
        Lowering lowering = new Lowering(subject, homes, types, catches);
        try {
            return lowering.write();
        } catch (Unexpressible e) {
            throw new Failed(Refusal.of(lowering.after.name, String.valueOf(e.getMessage()), "that cannot be moved"));
        } catch (MethodTooLargeException e) {
            throw new Failed(Refusal.of(
                    lowering.after.name,
                    "is too long in " + e.getMethodName(),
                    "a method has no room for what has to be put into it"));
        }
    }

    private Lowered write() {
        List<MethodNode> kept = new ArrayList<>();
        for (MethodNode old : shaped.methods) {
            kept.add(carrying(old, kept(old, next.get(old.name + old.desc))));
        }
        homes.methods().forEach((key, home) -> move(key, home, true));
        homes.bodies().forEach((key, home) -> move(key, home, false));
        ClassNode fresh = fields();
        shape(kept);
        Map<String, byte[]> companions = new TreeMap<>();
        for (String name : homes.companions()) {
            byte[] old = subject.companions().get(name);
            byte[] companion = companion(name, old, fresh);
            if (!Arrays.equals(old, companion)) {
                companions.put(name, companion);
            }
        }
        byte[] whole = bytes(after);
        boolean plain = homes.equals(Homes.NONE) && Arrays.equals(whole, bytes(Subject.read(subject.after())));
        return new Lowered(whole, plain, companions, homes);
    }

    /** A class that came after its nest was closed stands outside of it. */
    private Place place() {
        boolean detached = shaped.nestHostClass == null && nested;
        return detached ? Place.besideNest(after.name) : Place.at(after.name);
    }

    private MethodNode kept(MethodNode old, @Nullable MethodNode now) {
        boolean code = hasCode(old);
        boolean stays = now != null && code == hasCode(now);
        boolean tables = old.name.equals("<clinit>") && Tables.moved(after, homes);
        if ((!stays && !code) || tables) {
            return old;
        }
        MethodNode passing = stays ? null : Leftover.passing(old, after, types);
        MethodNode body = now != null && stays ? Bodies.copy(now) : passing == null ? Bodies.uncaught(old) : passing;
        body.access = old.access;
        if (stays || passing != null) {
            new Rewrite(types, place(), bridges).of(body);
        }
        Map<String, Home> overridden = code ? catches.getOrDefault(old.name + old.desc, Map.of()) : Map.of();
        if (!overridden.isEmpty()) {
            Bodies.caught(body, after.name, overridden, this::hidden);
        }
        return body;
    }

    /** The same constructor with those that ride on it, if it is the one that has such. */
    private MethodNode carrying(MethodNode old, MethodNode body) {
        Carrier carrier = homes.carrier();
        if (carrier == null || !old.name.equals("<init>") || !old.desc.equals(carrier.descriptor())) {
            return body;
        }
        Map<Integer, MethodNode> riders = new HashMap<>();
        carrier.numbers().forEach((descriptor, number) -> {
            MethodNode now = next.get("<init>" + descriptor);
            if (now != null) {
                MethodNode rider = Bodies.copy(now);
                new Rewrite(types, place(), bridges).of(rider);
                riders.put(number, rider);
            }
        });
        return Carriage.of(after.name, old, next.containsKey(old.name + old.desc) ? body : null, riders);
    }

    /** The methods that callers of an added constructor call; its own code is in its carrier. */
    private void constructible(String key, Home home) {
        Carrier carrier = homes.carrier();
        if (carrier != null && home.companion().equals(subject.fresh())) {
            int number = carrier.numbers().getOrDefault(key.substring("<init>".length()), 0);
            Riding.methods(home, after.name, carrier, number)
                    .forEach(each -> put(new Home(home.companion(), each.name, each.desc), each));
        }
    }

    private boolean hidden(String type) {
        Type named = types.find(type);
        return named == null || !named.visibleFrom(after.name);
    }

    /** A method that was added and removed again; calls of it are by the receiver's class. */
    private @Nullable MethodNode gone(String key, Home home) {
        int at = key.indexOf('(');
        String descriptor = at < 0 ? "" : key.substring(at);
        if (at <= 0 || !home.descriptor().equals(Link.bound(after.name, descriptor))) {
            return null;
        }
        return new MethodNode(Opcodes.ACC_PRIVATE, key.substring(0, at), descriptor, null, null);
    }

    private static boolean hasCode(MethodNode method) {
        return (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    }

    private void move(String key, Home home, boolean entry) {
        MethodNode now = next.get(key);
        if (key.startsWith("<init>")) {
            constructible(key, home);
            return;
        }
        MethodNode old = now != null ? null : entry ? gone(key, home) : pinned.get(key);
        if (old != null) {
            now = Leftover.passing(old, after, types);
        }
        if (now == null) {
            return;
        }
        boolean bound = (now.access & Opcodes.ACC_STATIC) == 0;
        if ((now.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            Home held = new Home(home.companion(), home.name() + "$held", home.descriptor());
            put(held, body(now, held, Map.of()));
            put(home, Bodies.locked(home, held, bound, after.name));
            if (entry && !catches.getOrDefault(key, Map.of()).isEmpty()) {
                throw new Unexpressible("overrides a synchronized method that was added");
            }
            return;
        }
        put(home, body(now, home, entry ? catches.getOrDefault(key, Map.of()) : Map.of()));
    }

    private MethodNode body(MethodNode now, Home home, Map<String, Home> overridden) {
        MethodNode body = Bodies.moved(now, home);
        new Rewrite(types, Place.inCompanion(after.name), bridges).of(body);
        if (!overridden.isEmpty()) {
            Bodies.caught(body, after.name, overridden, this::hidden);
        }
        return body;
    }

    private Home bridge(String use, MethodNode body) {
        Home known = homes.method(use);
        if (known == null) {
            String name = body.name;
            for (int i = 2; taken(new Home(subject.fresh(), name, body.desc)); i++) {
                name = body.name + "$" + i;
            }
            known = new Home(subject.fresh(), name, body.desc);
            homes = homes.withMethod(use, known);
        }
        body.name = known.name();
        put(known, body);
        return known;
    }

    private boolean taken(Home home) {
        return homes.methods().containsValue(home) || homes.bodies().containsValue(home);
    }

    private void put(Home home, MethodNode body) {
        made.computeIfAbsent(home.companion(), each -> new TreeMap<>()).put(home.name() + home.descriptor(), body);
    }

    /** Everything that the JVM compares is as it was when the class was loaded. */
    private void shape(List<MethodNode> kept) {
        Map<String, FieldNode> fields = new HashMap<>();
        after.fields.forEach(each -> fields.put(each.name + each.desc, each));
        List<FieldNode> pinned = new ArrayList<>();
        for (FieldNode old : shaped.fields) {
            FieldNode now = fields.getOrDefault(old.name + old.desc, old);
            now.access = old.access;
            pinned.add(now);
        }
        after.fields = pinned;
        after.methods = kept;
        after.nestHostClass = shaped.nestHostClass;
        after.nestMembers = shaped.nestMembers;
        after.permittedSubclasses = shaped.permittedSubclasses;
        after.version = Math.max(after.version, shaped.version);
    }

    private byte[] companion(String name, byte @Nullable [] old, ClassNode fresh) {
        ClassNode companion = new ClassNode();
        companion.version = Math.max(after.version & 0xffff, Opcodes.V1_8);
        companion.access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        companion.name = name;
        companion.sourceFile = after.sourceFile;
        Map<String, MethodNode> methods = new TreeMap<>();
        if (old != null) {
            ClassNode before = Subject.read(old);
            companion.version = before.version;
            companion.superName = before.superName;
            companion.fields = before.fields;
            methods.putAll(Subject.methods(before));
        } else {
            companion.superName = fresh.superName;
            companion.fields = fresh.fields;
            methods.putAll(Subject.methods(fresh));
        }
        made.getOrDefault(name, Map.of()).forEach((key, body) -> {
            if (old == null || methods.containsKey(key)) {
                methods.put(key, body);
            } else {
                throw new Unexpressible("gives an added method another form");
            }
        });
        companion.methods.addAll(methods.values());
        companion.methods.sort(
                Comparator.comparing((MethodNode each) -> each.name).thenComparing(each -> each.desc));
        return bytes(companion);
    }

    /** Those that a new companion has, and what sets them. */
    private ClassNode fields() {
        ClassNode companion = new ClassNode();
        companion.name = subject.fresh();
        companion.superName = "java/lang/Object";
        ClassNode source = Subject.read(subject.after());
        List<FieldNode> own = new ArrayList<>();
        for (FieldNode field : source.fields) {
            Home home = homes.field(field.name + field.desc);
            if (home != null && home.companion().equals(subject.fresh())) {
                own.add(field);
            }
        }
        own.sort(Comparator.comparingInt(field -> position(source, field)));
        InsnList code = new InsnList();
        for (FieldNode field : own) {
            boolean isStatic = (field.access & Opcodes.ACC_STATIC) != 0;
            int access = Opcodes.ACC_PUBLIC | (field.access & (Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE));
            Home home = homes.field(field.name + field.desc);
            companion.fields.add(new FieldNode(
                    access, home == null ? field.name : home.name(), field.desc, null, isStatic ? field.value : null));
            boolean alone = isStatic && !Tables.is(field) && (home == null || !home.awaits());
            InsnList slice = alone ? Slice.of(source, field) : null;
            if (slice != null) {
                code.add(slice);
            }
        }
        if (own.stream().anyMatch(each -> (each.access & Opcodes.ACC_STATIC) == 0)) {
            State.make(companion, after.name);
        }
        MethodNode initialiser = new MethodNode(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        MethodNode whole = Subject.methods(source).get("<clinit>()V");
        if (whole != null && own.stream().anyMatch(Tables::is)) {
            whole.accept(initialiser);
        } else if (code.size() > 0) {
            code.add(new InsnNode(Opcodes.RETURN));
            initialiser.instructions = code;
        }
        if (initialiser.instructions.size() > 0) {
            new Rewrite(types, Place.inCompanion(after.name), bridges).of(initialiser);
            companion.methods.add(initialiser);
        }
        return companion;
    }

    private static int position(ClassNode source, FieldNode field) {
        MethodNode initialiser = Subject.methods(source).get("<clinit>()V");
        if (initialiser != null) {
            for (int i = 0; i < initialiser.instructions.size(); i++) {
                if (initialiser.instructions.get(i) instanceof FieldInsnNode set
                        && set.getOpcode() == Opcodes.PUTSTATIC
                        && set.name.equals(field.name)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static byte[] bytes(ClassNode node) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }
}
