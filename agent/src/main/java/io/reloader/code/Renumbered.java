// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/**
 * Finds lambdas and anonymous classes that javac numbered anew: it counts them in source order, and objects that live
 * through a redefinition would run the body that now has their number. HotSpot accepts that without a word.
 */
final class Renumbered {
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$[\\w$]*\\$\\d+");
    private static final Pattern NUMBERED = Pattern.compile("(.+)\\$\\d[^$]*");

    private Renumbered() {}

    static boolean isLambda(MethodNode method) {
        return (method.access & Opcodes.ACC_SYNTHETIC) != 0 && method.name.startsWith("lambda$");
    }

    /** Whether a class is anonymous or local, by its name. */
    static boolean isNumbered(String type) {
        return NUMBERED.matcher(type).matches();
    }

    static List<Difference> lambdas(ClassNode before, ClassNode after) {
        return moves(bodies(before), bodies(after)).stream()
                .map(move -> (Difference) new Difference.Blocked(
                        before.name,
                        Names.type(before.name) + "." + move,
                        "has the body of another lambda of the class: javac numbered them anew",
                        Rule.RENUMBERED))
                .toList();
    }

    /** Both maps: text of each numbered class by its internal name; the second has classes that come, too. */
    static List<Difference> classes(Map<String, String> before, Map<String, String> after) {
        return moves(before, after).stream()
                .map(type -> (Difference) new Difference.Blocked(
                        type,
                        Names.type(type),
                        "has the body of another anonymous class: javac numbered them anew",
                        Rule.RENUMBERED))
                .toList();
    }

    /**
     * The code of an anonymous or local class, without its number and its line numbers. Members only: HotSpot does not
     * give every attribute of a live class back.
     */
    static String text(byte[] bytes) {
        ClassNode node = ClassDiff.read(bytes, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        StringBuilder text = new StringBuilder(node.superName + node.interfaces);
        node.fields.forEach(field -> text.append(field.name).append(' ').append(field.desc));
        node.methods.stream()
                .map(method -> method.name + method.desc + text(method))
                .sorted()
                .forEach(text::append);
        return text.toString().replace(node.name, "#");
    }

    private static Map<String, String> bodies(ClassNode node) {
        Map<String, String> bodies = new TreeMap<>();
        for (MethodNode method : node.methods) {
            if (isLambda(method)) {
                bodies.put(
                        Names.method("", method.name, method.desc).substring(1),
                        method.desc + LAMBDA.matcher(text(method)).replaceAll("lambda"));
            }
        }
        return bodies;
    }

    private static String text(MethodNode method) {
        Textifier text = new Textifier();
        method.accept(new TraceMethodVisitor(text));
        return text.text.stream().map(Object::toString).collect(Collectors.joining());
    }

    /** The names that have a body which another name had, and no longer has; or whose own now has another name. */
    private static List<String> moves(Map<String, String> before, Map<String, String> after) {
        List<String> moved = new ArrayList<>();
        after.forEach((name, body) -> {
            String old = before.get(name);
            if (old != null && !body.equals(old) && (only(body, before, after) || only(old, after, before))) {
                moved.add(name);
            }
        });
        return moved;
    }

    /** Whether a name has this body in the one, and not in the other. */
    private static boolean only(String body, Map<String, String> one, Map<String, String> other) {
        return one.entrySet().stream()
                .anyMatch(each -> each.getValue().equals(body) && !body.equals(other.get(each.getKey())));
    }
}
