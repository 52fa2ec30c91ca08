// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.code.ChangeSet.Kind;
import io.reloader.code.ChangeSet.Line;
import io.reloader.code.RandomProgram.Constructor;
import io.reloader.code.RandomProgram.Field;
import io.reloader.code.RandomProgram.Method;
import io.reloader.code.RandomProgram.Nested;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Writes a random program down, with a question for each of its methods. */
final class RandomText {
    private static final Map<Character, String> TYPES = Map.of('I', "int", 'S', "String", 'J', "long", 'D', "double");
    private static final Map<Character, String> VALUES =
            Map.of('I', "%d", 'S', "\"s%d\"", 'J', "(1L << 33) + %d", 'D', "%d.5");

    private final RandomProgram program;

    private RandomText(RandomProgram program) {
        this.program = program;
    }

    /** {@code version}: the digit of the one that the lines are of. */
    static List<Line> of(RandomProgram program, String version) {
        RandomText text = new RandomText(program);
        List<Line> lines = new ArrayList<>();
        for (int type = 0; type < RandomProgram.SUPERCLASS.length; type++) {
            text.type(type).forEach(line -> lines.add(new Line(version, Kind.SOURCE, "", line)));
            lines.add(new Line(version, Kind.LIVE, "", "K" + type + " k" + type + " = new K" + type + "()"));
        }
        text.questions().forEach(line -> lines.add(new Line(version, Kind.QUESTION, "", line)));
        return lines;
    }

    private List<String> type(int type) {
        List<String> lines = new ArrayList<>();
        int parent = RandomProgram.SUPERCLASS[type];
        lines.add("class K" + type + (parent < 0 ? "" : " extends K" + parent) + " {");
        lines.add("    String made" + type + " = \"plain\";");
        lines.add("    K" + type + "() { }");
        program.constructors.stream()
                .filter(each -> each.owner() == type)
                .forEach(each -> lines.add(constructor(each)));
        program.fields.stream().filter(each -> each.owner() == type).forEach(each -> lines.add(field(each)));
        program.methods.stream().filter(each -> each.owner() == type).forEach(each -> lines.add(method(each)));
        program.nested.stream().filter(each -> each.owner() == type).forEach(each -> lines.add(nested(each)));
        lines.add("}");
        return lines;
    }

    /** Objects that live on have no initialised field, so it has no initialiser. */
    private static String field(Field field) {
        return "    " + (field.isStatic() ? "static " : "") + type(field.type()) + " " + field.name()
                + (field.isStatic() ? " = " + value(field.type(), field.name().hashCode() & 0xff) : "") + ";";
    }

    private String constructor(Constructor constructor) {
        StringBuilder text = new StringBuilder("    K" + constructor.owner());
        text.append(parameters(constructor.params())).append(" { ").append(first(constructor));
        text.append("made")
                .append(constructor.owner())
                .append(" += \"")
                .append(constructor.seed())
                .append('"');
        for (int i = 0; i < constructor.params().length(); i++) {
            text.append(" + a").append(i);
        }
        return text.append("; }").toString();
    }

    /** The constructor that another calls on its own object. */
    private String first(Constructor from) {
        return pick(
                        from.seed(),
                        program.constructors,
                        Constructor::rank,
                        one -> one.rank() < from.rank()
                                && (one.owner() == from.owner()
                                        || one.owner() == RandomProgram.SUPERCLASS[from.owner()]))
                .map(one -> (one.owner() == from.owner() ? "this(" : "super(") + arguments(one.params()) + "); ")
                .orElse("");
    }

    private static String parameters(String types) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < types.length(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(type(types.charAt(i)))
                    .append(" a")
                    .append(i);
        }
        return text.append(')').toString();
    }

    private static String nested(Nested nested) {
        return "    static class " + nested.name() + " { private String v = \"" + nested.seed()
                + "\"; String of(String s) { return s + v; } }";
    }

    private String method(Method method) {
        StringBuilder text = new StringBuilder("    ");
        text.append(method.isPrivate() ? "private " : "").append(method.isStatic() ? "static " : "");
        text.append("String ").append(method.name()).append(parameters(method.params()));
        return text.append(" { return ").append(body(method)).append("; }").toString();
    }

    private String body(Method method) {
        StringBuilder plain = new StringBuilder("\"" + method.seed() + "\"");
        for (int i = 0; i < method.params().length(); i++) {
            plain.append(" + a").append(i);
        }
        String call = plain + call(method);
        return switch (method.seed() % 9) {
            case 0 -> plain.toString();
            case 1, 2 -> call;
            case 3 ->
                "((java.util.function.Supplier<String>) () -> " + call
                        + (method.isStatic() ? "" : " + this.getClass().getSimpleName()") + ").get()";
            case 4 -> "new Object() { public String toString() { return " + call + "; } }.toString()";
            case 5 ->
                "switch (\"" + method.seed() + "\".hashCode() % 3) { case 0 -> \"zero\"; case 1 -> " + call
                        + "; default -> " + plain + "; }";
            case 6 -> plain + upwards(method);
            case 7 -> plain + within(method);
            default -> plain + state(method);
        };
    }

    private String call(Method from) {
        return pick(
                        from.seed(),
                        program.methods,
                        one -> one.rank() * 31 + one.owner(),
                        one -> one.rank() < from.rank() && (!one.isPrivate() || one.owner() == from.owner()))
                .map(one -> " + " + receiver(from, one) + "." + one.name() + "(" + arguments(one) + ")")
                .orElse("");
    }

    private static String receiver(Method from, Method to) {
        if (to.isStatic()) {
            return "K" + to.owner();
        }
        return !from.isStatic() && RandomProgram.extendsOrIs(from.owner(), to.owner())
                ? "K" + from.owner() + ".this"
                : "new K" + to.owner() + "()";
    }

    /** What it overrides, if that is there. */
    private String upwards(Method method) {
        boolean overrides = program.methods.stream()
                .anyMatch(one -> one.rank() == method.rank()
                        && one.owner() != method.owner()
                        && RandomProgram.extendsOrIs(method.owner(), one.owner()));
        return overrides ? " + super." + method.name() + "(" + arguments(method) + ")" : call(method);
    }

    private String within(Method method) {
        return pick(method.seed(), program.nested, one -> one.name().hashCode(), one -> true)
                .map(one -> " + new K" + one.owner() + "." + one.name() + "().of(\"n\")")
                .orElse("");
    }

    /** Instance fields are written before they are read. */
    private String state(Method method) {
        return pick(
                        method.seed(),
                        program.fields,
                        one -> one.name().hashCode(),
                        one -> one.isStatic()
                                || (!method.isStatic() && RandomProgram.extendsOrIs(method.owner(), one.owner())))
                .map(one -> one.isStatic()
                        ? " + K" + one.owner() + "." + one.name()
                        : " + (" + one.name() + " = " + value(one.type(), method.seed() & 0xf) + ") + this."
                                + one.name())
                .orElse("");
    }

    private Set<String> questions() {
        Set<String> questions = new LinkedHashSet<>();
        for (Method each : program.methods) {
            if (each.isPrivate()) {
                continue;
            }
            String call = "." + each.name() + "(" + arguments(each) + ")";
            if (each.isStatic()) {
                questions.add("K" + each.owner() + call);
                continue;
            }
            for (int type = 0; type < RandomProgram.SUPERCLASS.length; type++) {
                if (RandomProgram.extendsOrIs(type, each.owner())) {
                    questions.add("Main.k" + type + call);
                    questions.add("new K" + type + "()" + call);
                }
            }
        }
        for (Constructor each : program.constructors) {
            for (int type = 0; type < RandomProgram.SUPERCLASS.length; type++) {
                if (RandomProgram.extendsOrIs(each.owner(), type)) {
                    questions.add("new K" + each.owner() + "(" + arguments(each.params()) + ").made" + type);
                }
            }
        }
        return questions;
    }

    /** One that stays the choice of most seeds when others come and go. */
    private static <T> Optional<T> pick(int seed, List<T> all, ToIntFunction<T> identity, Predicate<T> fits) {
        return all.stream()
                .filter(fits)
                .max(Comparator.comparingInt(one -> new Random(31L * identity.applyAsInt(one) + seed).nextInt()));
    }

    private static String arguments(Method method) {
        return arguments(method.params());
    }

    private static String arguments(String types) {
        StringBuilder arguments = new StringBuilder();
        for (int i = 0; i < types.length(); i++) {
            arguments.append(i == 0 ? "" : ", ").append(value(types.charAt(i), i + 1));
        }
        return arguments.toString();
    }

    private static String type(char letter) {
        return Objects.requireNonNull(TYPES.get(letter));
    }

    private static String value(char letter, int number) {
        return Objects.requireNonNull(VALUES.get(letter)).formatted(number);
    }
}
