// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Compares the methods of two versions of a class. */
final class MethodDiff {
    private static final int FILE_FLAGS = 0xffff;
    private static final String INITIALISER = "<clinit>";

    private final ClassNode before;
    private final Map<String, MethodNode> old;
    private final Map<String, MethodNode> next;
    private final List<Difference> found = new ArrayList<>();

    private MethodDiff(ClassNode before, ClassNode after) {
        this.before = before;
        this.old = bySignature(before);
        this.next = bySignature(after);
    }

    static List<Difference> between(ClassNode before, ClassNode after) {
        MethodDiff diff = new MethodDiff(before, after);
        diff.old.values().forEach(diff::kept);
        diff.next.values().forEach(diff::added);
        return diff.found;
    }

    /** What both versions do in their static initialiser, line numbers aside. */
    static List<Difference> initialiser(ClassNode before, ClassNode after) {
        MethodNode old = bySignature(before).get(INITIALISER + "()V");
        MethodNode next = bySignature(after).get(INITIALISER + "()V");
        if (old == null || next == null || Arrays.equals(Canon.of(old), Canon.of(next))) {
            return List.of();
        }
        if (after.fields.stream().anyMatch(Tables::is)) {
            return List.of(new Difference.Blocked(
                    before.name,
                    Names.type(before.name),
                    "numbers the cases of a switch over an enum anew",
                    Rule.SWITCH_MAP));
        }
        return List.of(new Difference.Stale(
                before.name,
                Names.type(before.name) + "'s static initialiser",
                "changed; it has already run",
                "restart to run the new one"));
    }

    static Map<String, MethodNode> bySignature(ClassNode node) {
        Map<String, MethodNode> methods = new LinkedHashMap<>();
        node.methods.forEach(method -> methods.put(method.name + method.desc, method));
        return methods;
    }

    private void kept(MethodNode method) {
        MethodNode other = next.get(method.name + method.desc);
        if (other == null) {
            blocked(method, renamed(method).map(to -> "is now " + to).orElse("was removed"));
        } else if ((method.access & FILE_FLAGS) != (other.access & FILE_FLAGS)) {
            found.add(new Difference.Blocked(
                    before.name,
                    human(method),
                    "changes its modifiers" + Flags.ofMethod(method.access, other.access),
                    Rule.METHOD_MODIFIERS));
        } else if (!Arrays.equals(Canon.of(method), Canon.of(other))) {
            found.add(new Difference.Body(before.name, human(method)));
        }
    }

    private void added(MethodNode method) {
        if (!old.containsKey(method.name + method.desc) && !partner(method, old, next)) {
            blocked(method, "was added");
        }
    }

    /** The new signature of a method that has lost its old one. */
    private Optional<String> renamed(MethodNode method) {
        return next.values().stream()
                .filter(other -> other.name.equals(method.name) && !old.containsKey(other.name + other.desc))
                .filter(other -> partner(other, old, next))
                .map(other -> Names.signature(other.name, other.desc))
                .findFirst();
    }

    /** Whether exactly one method of this name went, and exactly one came. */
    private static boolean partner(MethodNode method, Map<String, MethodNode> old, Map<String, MethodNode> next) {
        return only(method.name, old, next) == 1 && only(method.name, next, old) == 1;
    }

    private static long only(String name, Map<String, MethodNode> here, Map<String, MethodNode> there) {
        return here.entrySet().stream()
                .filter(each -> each.getValue().name.equals(name) && !there.containsKey(each.getKey()))
                .count();
    }

    private void blocked(MethodNode method, String fact) {
        Rule rule = Renumbered.isLambda(method)
                ? Rule.LAMBDAS
                : method.name.equals(INITIALISER) ? Rule.INITIALISER : Rule.METHODS;
        found.add(new Difference.Blocked(before.name, human(method), fact, rule));
    }

    private String human(MethodNode method) {
        return method.name.equals(INITIALISER)
                ? Names.type(before.name) + "'s static initialiser"
                : Names.method(before.name, method.name, method.desc);
    }
}
