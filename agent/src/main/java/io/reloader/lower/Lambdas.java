// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/**
 * Gives each lambda of a class the name that it had: javac numbers them in the order of the source, and objects that
 * were made before run what has their lambda's name now.
 */
public final class Lambdas {
    private static final int DEEPEST = 8;

    private final Map<String, MethodNode> before;
    private final ClassNode after;
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private Lambdas(ClassNode before, ClassNode after) {
        this.before = lambdas(before);
        this.after = after;
    }

    /** {@code taken}: whether a name and descriptor, other than of a lambda in {@code before}, has been in use. */
    public static byte[] matched(byte[] before, byte[] after, Set<String> taken) {
        ClassNode old = read(before);
        ClassNode next = read(after);
        Map<String, String> names = new Lambdas(old, next).match(taken);
        if (names.entrySet().stream().allMatch(each -> each.getKey().startsWith(each.getValue() + "("))) {
            return after;
        }
        ClassNode whole = new ClassNode();
        new ClassReader(after).accept(whole, 0);
        rename(whole, names);
        ClassWriter writer = new ClassWriter(0);
        whole.accept(writer);
        return writer.toByteArray();
    }

    private Map<String, String> match(Set<String> taken) {
        Map<String, MethodNode> next = lambdas(after);
        Map<String, String> old = texts(before);
        Map<String, String> now = texts(next);
        BiPredicate<String, String> same = (key, other) -> Objects.equals(now.get(key), old.get(other));
        pair(next, (key, other) -> key.equals(other) && same.test(key, other));
        pair(next, (key, other) -> enclosing(key).equals(enclosing(other)) && same.test(key, other));
        pair(next, same);
        changed(next);
        for (String key : next.keySet()) {
            names.computeIfAbsent(key, each -> free(each, taken));
        }
        return names;
    }

    private void pair(Map<String, MethodNode> next, BiPredicate<String, String> fits) {
        for (String key : next.keySet()) {
            for (String other : before.keySet()) {
                if (!names.containsKey(key)
                        && !used.contains(other)
                        && alike(next, key, other)
                        && fits.test(key, other)) {
                    take(key, other);
                }
            }
        }
    }

    private boolean alike(Map<String, MethodNode> next, String key, String other) {
        MethodNode one = next.get(key);
        MethodNode two = before.get(other);
        return one != null
                && two != null
                && one.desc.equals(two.desc)
                && ((one.access ^ two.access) & Opcodes.ACC_STATIC) == 0;
    }

    /** Those with another body, where it is plain which is which: as many went as came. */
    private void changed(Map<String, MethodNode> next) {
        Map<String, List<String>> came = new TreeMap<>();
        Map<String, List<String>> went = new TreeMap<>();
        next.forEach((key, each) -> {
            if (!names.containsKey(key)) {
                came.computeIfAbsent(kind(key, each), kind -> new ArrayList<>()).add(key);
            }
        });
        before.forEach((key, each) -> {
            if (!used.contains(key)) {
                went.computeIfAbsent(kind(key, each), kind -> new ArrayList<>()).add(key);
            }
        });
        came.forEach((kind, keys) -> {
            List<String> others = went.getOrDefault(kind, List.of());
            if (others.size() == keys.size()) {
                for (int i = 0; i < keys.size(); i++) {
                    take(keys.get(i), others.get(i));
                }
            }
        });
    }

    private static String kind(String key, MethodNode lambda) {
        return enclosing(key) + lambda.desc + (lambda.access & Opcodes.ACC_STATIC);
    }

    private void take(String key, String other) {
        names.put(key, other.substring(0, other.indexOf('(')));
        used.add(other);
    }

    private String free(String key, Set<String> taken) {
        int at = key.indexOf('(');
        String name = key.substring(0, at);
        String descriptor = key.substring(at);
        for (int i = 2;
                before.containsKey(name + descriptor)
                        || taken.contains(name + descriptor)
                        || !used.add(name + descriptor);
                i++) {
            name = key.substring(0, at) + "$" + i;
        }
        return name;
    }

    /** The name without javac's number, and without ours. */
    private static String enclosing(String key) {
        return key.substring(0, key.indexOf('(')).replaceAll("(\\$\\d+)+$", "");
    }

    private static Map<String, String> texts(Map<String, MethodNode> lambdas) {
        Map<String, String> texts = new HashMap<>();
        lambdas.forEach((key, each) -> texts.put(key, text(each, lambdas, 0)));
        return texts;
    }

    /** The code, with that of the lambdas in it in place of their names. */
    private static String text(MethodNode method, Map<String, MethodNode> all, int depth) {
        Textifier text = new Textifier();
        method.accept(new TraceMethodVisitor(text));
        String whole = text.text.stream().map(Object::toString).collect(Collectors.joining());
        StringBuilder nested = new StringBuilder();
        for (AbstractInsnNode at : method.instructions) {
            if (at instanceof InvokeDynamicInsnNode dynamic) {
                for (Object each : dynamic.bsmArgs) {
                    MethodNode inner =
                            each instanceof Handle handle ? all.get(handle.getName() + handle.getDesc()) : null;
                    if (inner != null && inner != method && depth < DEEPEST) {
                        nested.append(text(inner, all, depth + 1));
                    }
                }
            }
        }
        return whole.replaceAll("lambda\\$[\\w$]*", "lambda") + nested;
    }

    private static Map<String, MethodNode> lambdas(ClassNode node) {
        Map<String, MethodNode> lambdas = new TreeMap<>();
        for (MethodNode each : node.methods) {
            if ((each.access & Opcodes.ACC_SYNTHETIC) != 0 && each.name.startsWith("lambda$")) {
                lambdas.put(each.name + each.desc, each);
            }
        }
        return lambdas;
    }

    private static void rename(ClassNode node, Map<String, String> names) {
        for (MethodNode method : node.methods) {
            String renamed = names.get(method.name + method.desc);
            method.name = renamed == null ? method.name : renamed;
            for (AbstractInsnNode at : method.instructions) {
                if (at instanceof InvokeDynamicInsnNode dynamic) {
                    for (int i = 0; i < dynamic.bsmArgs.length; i++) {
                        dynamic.bsmArgs[i] = renamed(dynamic.bsmArgs[i], node.name, names);
                    }
                }
            }
        }
    }

    private static Object renamed(Object argument, String owner, Map<String, String> names) {
        if (argument instanceof Handle handle && handle.getOwner().equals(owner)) {
            String name = names.get(handle.getName() + handle.getDesc());
            if (name != null) {
                return new Handle(handle.getTag(), owner, name, handle.getDesc(), handle.isInterface());
            }
        }
        return argument;
    }

    private static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return node;
    }
}
