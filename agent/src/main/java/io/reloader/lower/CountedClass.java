// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/**
 * What a counted class is, whatever its number. Members only: HotSpot does not give every attribute of a live class
 * back.
 */
final class CountedClass {
    private static final int FLAGS = Opcodes.ACC_FINAL
            | Opcodes.ACC_ABSTRACT
            | Opcodes.ACC_INTERFACE
            | Opcodes.ACC_ENUM
            | Opcodes.ACC_RECORD
            | Opcodes.ACC_SYNTHETIC;
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$[\\w$]*");

    private final String name;

    /** Its supertypes and flags: two that differ in these are two classes. */
    private final String kind;

    /** By name and descriptor. */
    private final Map<String, String> methods = new TreeMap<>();

    private final Set<String> constructors = new HashSet<>();
    private final Set<String> captures = new HashSet<>();
    private final String fields;
    private final Pattern names;

    CountedClass(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        name = node.name;
        names = Pattern.compile(Pattern.quote(Counted.top(name)) + "\\$\\p{javaJavaIdentifierPart}+");
        kind = node.superName + node.interfaces + (node.access & FLAGS);
        StringBuilder text = new StringBuilder();
        for (FieldNode field : node.fields) {
            text.append(field.access).append(field.name).append(' ').append(field.desc);
            if (field.name.startsWith("val$") || field.name.startsWith("this$")) {
                captures.add(field.name + field.desc);
            }
        }
        fields = text.toString();
        for (MethodNode method : node.methods) {
            methods.put(method.name + method.desc, text(method));
            if (method.name.equals("<init>")) {
                constructors.add(method.desc);
            }
        }
    }

    String name() {
        return name;
    }

    boolean alike(CountedClass other) {
        return named(kind, this::weak).equals(other.named(other.kind, other::weak));
    }

    /** Whether objects of the other can be of this one: they have what its code has captured. */
    boolean holds(CountedClass next) {
        return named(constructors, this::weak).containsAll(next.named(next.constructors, next::weak))
                && named(captures, this::weak).containsAll(next.named(next.captures, next::weak));
    }

    /** All of it, with these names for counted classes. */
    String text(UnaryOperator<String> naming) {
        return methods.entrySet().stream()
                .map(each -> named(plain(each.getKey()) + each.getValue(), naming))
                .sorted()
                .collect(Collectors.joining("", named(kind + fields, naming), ""));
    }

    String weakText() {
        return text(this::weak);
    }

    /** How many methods the two have in common. */
    int shared(CountedClass other) {
        Map<String, String> all = other.weakMethods();
        int shared = 0;
        for (Map.Entry<String, String> each : weakMethods().entrySet()) {
            shared += !each.getKey().startsWith("<") && each.getValue().equals(all.get(each.getKey())) ? 1 : 0;
        }
        return shared;
    }

    private Map<String, String> weakMethods() {
        Map<String, String> weak = new TreeMap<>();
        methods.forEach(
                (key, text) -> weak.merge(named(plain(key), this::weak), named(text, this::weak), String::concat));
        return weak;
    }

    /** No numbers. */
    private String weak(String counted) {
        return counted.equals(name) ? "#" : "{" + Counted.local(counted) + "}";
    }

    private Set<String> named(Set<String> texts, UnaryOperator<String> naming) {
        return texts.stream().map(each -> named(each, naming)).collect(Collectors.toSet());
    }

    private String named(String text, UnaryOperator<String> naming) {
        return names.matcher(text).replaceAll(found -> {
            String counted = found.group();
            return Matcher.quoteReplacement(
                    Counted.is(counted) ? counted.equals(name) ? "#" : naming.apply(counted) : counted);
        });
    }

    private static String text(MethodNode method) {
        Textifier text = new Textifier();
        method.accept(new TraceMethodVisitor(text));
        String whole = text.text.stream().map(Object::toString).collect(Collectors.joining());
        return plain(whole);
    }

    private static String plain(String text) {
        return LAMBDA.matcher(text).replaceAll("lambda");
    }
}
