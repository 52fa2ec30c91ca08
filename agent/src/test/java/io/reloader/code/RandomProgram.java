// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A small program of four classes that edits change, one after another; none makes it one that does not compile. */
final class RandomProgram {
    /** Which class each extends: the second the first, the third the second. */
    static final int[] SUPERCLASS = {-1, 0, 1, -1};

    private static final String TYPES = "ISJD";

    enum Kind {
        ADD_METHOD,
        REMOVE_METHOD,
        RENAME_METHOD,
        RE_SIGN_METHOD,
        MOVE_METHOD,
        OVERRIDE_METHOD,
        CHANGE_BODY,
        ADD_FIELD,
        REMOVE_FIELD,
        ADD_CONSTRUCTOR,
        REMOVE_CONSTRUCTOR,
        NEST_CLASS,
        REMOVE_NESTED
    }

    /** {@code dice}: what it is done to, and how; nothing is done if the program has no such member. */
    record Edit(Kind kind, int dice) {
        static Edit any(Random random) {
            Kind[] kinds = Kind.values();
            return new Edit(kinds[random.nextInt(kinds.length)], random.nextInt(1 << 20));
        }
    }

    /**
     * @param rank it calls methods of lower ranks only, so every call ends; its overrides have the same
     * @param params a letter for each type
     * @param seed what its body is
     */
    record Method(int rank, int owner, String name, boolean isStatic, boolean isPrivate, String params, int seed) {
        Method named(String other) {
            return new Method(rank, owner, other, isStatic, isPrivate, params, seed);
        }

        Method of(int other) {
            return new Method(rank, other, name, isStatic, isPrivate, params, seed);
        }

        Method with(String others) {
            return new Method(rank, owner, name, isStatic, isPrivate, others, seed);
        }

        Method with(int other) {
            return new Method(rank, owner, name, isStatic, isPrivate, params, other);
        }
    }

    record Field(int owner, String name, boolean isStatic, char type) {}

    /** {@code rank}: it calls constructors of lower ranks only. */
    record Constructor(int rank, int owner, String params, int seed) {}

    record Nested(int owner, String name, int seed) {}

    final List<Method> methods = new ArrayList<>();
    final List<Field> fields = new ArrayList<>();
    final List<Constructor> constructors = new ArrayList<>();
    final List<Nested> nested = new ArrayList<>();
    private int next;

    RandomProgram copy() {
        RandomProgram copy = new RandomProgram();
        copy.methods.addAll(methods);
        copy.fields.addAll(fields);
        copy.constructors.addAll(constructors);
        copy.nested.addAll(nested);
        copy.next = next;
        return copy;
    }

    RandomProgram with(List<Edit> edits) {
        RandomProgram edited = copy();
        edits.forEach(edited::apply);
        return edited;
    }

    static boolean extendsOrIs(int type, int ancestor) {
        return type == ancestor || (type >= 0 && extendsOrIs(SUPERCLASS[type], ancestor));
    }

    private void apply(Edit edit) {
        Random random = new Random(edit.dice);
        int owner = random.nextInt(SUPERCLASS.length);
        int seed = random.nextInt(1 << 16);
        boolean choice = random.nextBoolean();
        switch (edit.kind) {
            case ADD_METHOD -> {
                boolean hidden = random.nextInt(4) == 0;
                methods.add(new Method(next, owner, "m" + next++, choice, hidden, params(random), seed));
            }
            case REMOVE_METHOD -> methods.remove(method(random));
            case RENAME_METHOD -> each(method(random), one -> one.named("r" + one.name));
            case RE_SIGN_METHOD -> {
                String params = params(random);
                each(method(random), one -> one.with(params));
            }
            case MOVE_METHOD -> {
                Method moved = method(random);
                if (moved != null && family(moved).size() == 1) {
                    each(moved, one -> one.of(owner));
                }
            }
            case OVERRIDE_METHOD -> override(method(random), seed);
            case CHANGE_BODY -> {
                Method changed = method(random);
                methods.replaceAll(one -> one.equals(changed) ? one.with(seed) : one);
            }
            case ADD_FIELD ->
                fields.add(new Field(owner, "f" + next++, choice, TYPES.charAt(random.nextInt(TYPES.length()))));
            case REMOVE_FIELD -> fields.remove(fields.isEmpty() ? null : fields.get(seed % fields.size()));
            case ADD_CONSTRUCTOR -> {
                String params = TYPES.charAt(random.nextInt(TYPES.length())) + params(random);
                if (constructors.stream().noneMatch(one -> one.owner == owner && one.params.equals(params))) {
                    constructors.add(new Constructor(next++, owner, params, seed));
                }
            }
            case REMOVE_CONSTRUCTOR ->
                constructors.remove(constructors.isEmpty() ? null : constructors.get(seed % constructors.size()));
            case NEST_CLASS -> nested.add(new Nested(owner, "N" + next++, seed));
            case REMOVE_NESTED -> nested.remove(nested.isEmpty() ? null : nested.get(seed % nested.size()));
        }
    }

    private static String params(Random random) {
        StringBuilder params = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            params.append(TYPES.charAt(random.nextInt(TYPES.length())));
        }
        return params.toString();
    }

    private @Nullable Method method(Random random) {
        return methods.isEmpty() ? null : methods.get(random.nextInt(methods.size()));
    }

    private List<Method> family(Method of) {
        return methods.stream().filter(one -> one.rank == of.rank).toList();
    }

    private void each(@Nullable Method of, UnaryOperator<Method> change) {
        if (of != null) {
            methods.replaceAll(one -> one.rank == of.rank ? change.apply(one) : one);
        }
    }

    private void override(@Nullable Method method, int seed) {
        if (method == null || method.isStatic || method.isPrivate) {
            return;
        }
        for (int type = 0; type < SUPERCLASS.length; type++) {
            int owner = type;
            if (extendsOrIs(type, method.owner) && family(method).stream().noneMatch(one -> one.owner == owner)) {
                methods.add(method.of(owner).with(seed));
                return;
            }
        }
    }
}
