// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/** Compares the fields of two versions of a class: HotSpot accepts no change, and takes no constant up. */
final class FieldDiff {
    private static final int FILE_FLAGS = 0xffff;

    private final String owner;
    private final List<Difference> found = new ArrayList<>();

    private FieldDiff(String owner) {
        this.owner = owner;
    }

    static List<Difference> between(ClassNode before, ClassNode after) {
        FieldDiff diff = new FieldDiff(before.name);
        Map<String, FieldNode> old = byName(before);
        Map<String, FieldNode> next = byName(after);
        old.forEach((name, field) -> diff.compare(field, next));
        next.forEach((name, field) -> {
            if (!old.containsKey(name)) {
                diff.blocked(field, "was added");
            }
        });
        if (diff.found.isEmpty() && !List.copyOf(old.keySet()).equals(List.copyOf(next.keySet()))) {
            diff.found.add(new Difference.Blocked(
                    before.name, Names.type(before.name), "has its fields in another order", Rule.FIELDS));
        }
        return diff.found;
    }

    private static Map<String, FieldNode> byName(ClassNode node) {
        Map<String, FieldNode> fields = new LinkedHashMap<>();
        for (FieldNode field : node.fields) {
            // A class file may have two fields of one name; no compiler writes it.
            fields.put(fields.containsKey(field.name) ? field.name + ":" + field.desc : field.name, field);
        }
        return fields;
    }

    private void compare(FieldNode old, Map<String, FieldNode> fields) {
        FieldNode next = fields.get(old.name);
        if (next == null) {
            blocked(old, "was removed");
        } else if (!old.desc.equals(next.desc)) {
            blocked(old, "is now " + Names.fieldType(next.desc) + " in place of " + Names.fieldType(old.desc));
        } else if ((old.access & FILE_FLAGS) != (next.access & FILE_FLAGS)) {
            blocked(old, "changes its modifiers" + Flags.ofField(old.access, next.access));
        } else if ((old.access & Opcodes.ACC_STATIC) != 0 && !Objects.equals(old.value, next.value)) {
            found.add(new Difference.Stale(
                    owner,
                    Names.field(owner, old.name),
                    "has another constant value (" + next.value + " in place of " + old.value
                            + "); recompiled code has a copy of it, the field and classes not deployed keep the old",
                    "deploy every class that uses it, and restart to give the field the new one"));
        }
    }

    private void blocked(FieldNode field, String fact) {
        found.add(new Difference.Blocked(owner, Names.field(owner, field.name), fact, Rule.FIELDS));
    }
}
