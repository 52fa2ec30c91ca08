// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Homes;
import java.io.Externalizable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FieldNode;

/**
 * Whether objects of a class can be given more fields: not if others copy or write them field by field, who would miss
 * those. Take-up thread only.
 */
final class HeldObjects {
    private final Proxies loaded;

    HeldObjects(Proxies loaded) {
        this.loaded = loaded;
    }

    /** Faults, in lines. */
    List<String> against(Change change, Homes planned, Homes before) {
        Class<?> type = change.of().type();
        List<String> faults = new ArrayList<>();
        for (FieldNode field : ClassDiff.read(change.bytes(), ClassReader.SKIP_CODE).fields) {
            String key = field.name + field.desc;
            boolean added =
                    planned.fields().containsKey(key) && !before.fields().containsKey(key);
            if (type != null && added && (field.access & Opcodes.ACC_STATIC) == 0) {
                reason(type, field)
                        .ifPresent(reason -> faults.add(Names.field(change.of().name(), field.name) + " was added; "
                                + reason + "; restart the process"));
            }
        }
        return faults;
    }

    private Optional<String> reason(Class<?> type, FieldNode field) {
        boolean written = Serializable.class.isAssignableFrom(type)
                && !Externalizable.class.isAssignableFrom(type)
                && !type.isEnum();
        if (written && (field.access & Opcodes.ACC_TRANSIENT) == 0) {
            return Optional.of("objects of the class are serialized, which would leave it out");
        }
        Class<?> copied = loaded.below(type, Cloneable.class);
        return copied == null
                ? Optional.empty()
                : Optional.of(copied.getName() + " is Cloneable, and a copy would share it with its original");
    }
}
