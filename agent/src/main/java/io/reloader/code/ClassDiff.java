// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.RecordComponentNode;

/**
 * Compares two versions of one class by the rules of HotSpot's redefinition. A pure function; the list is empty if
 * they are the same code.
 */
final class ClassDiff {
    /** Above these, ASM keeps what a class file says by attributes. */
    private static final int FILE_FLAGS = 0xffff;

    private final ClassNode before;
    private final ClassNode after;
    private final List<Difference> found = new ArrayList<>();

    private ClassDiff(ClassNode before, ClassNode after) {
        this.before = before;
        this.after = after;
    }

    static List<Difference> between(byte[] before, byte[] after) {
        ClassDiff diff = new ClassDiff(read(before, 0), read(after, 0));
        Omissions.level(diff.before, diff.after);
        diff.type();
        diff.found.addAll(FieldDiff.between(diff.before, diff.after));
        ClassNode bare = read(before, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        ClassNode next = read(after, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        diff.found.addAll(MethodDiff.between(diff.before, diff.after));
        diff.found.addAll(Renumbered.lambdas(bare, next));
        diff.found.addAll(MethodDiff.initialiser(bare, next));
        if (diff.found.isEmpty() && !Arrays.equals(Canon.of(diff.before), Canon.of(diff.after))) {
            diff.found.add(new Difference.Body(diff.before.name, Names.type(diff.before.name)));
        }
        return List.copyOf(diff.found);
    }

    static ClassNode read(byte[] bytes, int options) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, options);
        return node;
    }

    private void type() {
        if (!Objects.equals(before.superName, after.superName)) {
            blocked(
                    "drops its superclass " + name(before.superName) + " for " + name(after.superName),
                    Rule.SUPERTYPES);
        }
        if (!before.interfaces.equals(after.interfaces)) {
            blocked(
                    "implements " + names(after.interfaces) + " in place of " + names(before.interfaces),
                    Rule.SUPERTYPES);
        }
        if ((before.access & FILE_FLAGS) != (after.access & FILE_FLAGS)) {
            blocked("changes its modifiers" + Flags.ofClass(before.access, after.access), Rule.CLASS_MODIFIERS);
        }
        if (!Objects.equals(before.nestHostClass, after.nestHostClass)) {
            blocked(
                    "is nested in " + name(after.nestHostClass) + " in place of " + name(before.nestHostClass),
                    Rule.NEST);
        }
        set(before.nestMembers, after.nestMembers, "nested classes", Rule.NEST);
        set(before.permittedSubclasses, after.permittedSubclasses, "permitted subclasses", Rule.PERMITTED);
        if (!components(before).equals(components(after))) {
            blocked(
                    "changes its record components from " + components(before) + " to " + components(after),
                    Rule.RECORD);
        }
    }

    /** HotSpot takes another order of these. */
    private void set(@Nullable List<String> old, @Nullable List<String> next, String what, Rule rule) {
        if (!sorted(old).equals(sorted(next))) {
            blocked("changes its " + what + " from " + names(old) + " to " + names(next), rule);
        }
    }

    private static List<String> sorted(@Nullable List<String> names) {
        return names == null ? List.of() : names.stream().sorted().toList();
    }

    private void blocked(String fact, Rule rule) {
        found.add(new Difference.Blocked(before.name, Names.type(before.name), fact, rule));
    }

    private static List<String> components(ClassNode node) {
        List<String> components = new ArrayList<>();
        if (node.recordComponents != null) {
            for (RecordComponentNode each : node.recordComponents) {
                String generic = each.signature == null ? "" : " " + each.signature;
                components.add(Names.fieldType(each.descriptor) + " " + each.name + generic);
            }
        }
        return components;
    }

    private static String name(@Nullable String internal) {
        return internal == null ? "nothing" : Names.type(internal);
    }

    private static String names(@Nullable List<String> internal) {
        return internal == null || internal.isEmpty()
                ? "nothing"
                : String.join(", ", internal.stream().map(Names::type).toList());
    }
}
