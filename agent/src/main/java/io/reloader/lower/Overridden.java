// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/**
 * The methods that the JVM would run in the place of an override that was added: those whose class has them, or that are
 * left over in it. A pure function.
 */
final class Overridden {
    private static final int UNBOUND = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE;

    private final Types types;
    private final Type type;
    private final String key;
    private final Set<Types.Member> found = new LinkedHashSet<>();

    private Overridden(Types types, Type type, String key) {
        this.types = types;
        this.type = type;
        this.key = key;
    }

    /** Those with a body, in the JVM or in a companion, that have none nearer to the class that overrides them as well. */
    static Set<Types.Member> by(Types types, Type type, String key) {
        Overridden overridden = new Overridden(types, type, key);
        boolean answered = !type.isInterface() && overridden.inSuperclasses();
        overridden.inInterfaces(answered);
        return overridden.found;
    }

    /** Whether the JVM finds a method here, so that it looks for none in interfaces. */
    private boolean inSuperclasses() {
        List<Type> overriding = new ArrayList<>();
        boolean answered = false;
        for (Type each : types.superclasses(type)) {
            Types.Member member = Types.there(each, key);
            if (member == null || member.is(UNBOUND)) {
                continue;
            }
            answered |= each.pinned().methods().containsKey(key);
            boolean nearer = overriding.stream().anyMatch(member::reaches);
            if (nearer || member.reaches(type)) {
                overriding.add(each);
                if (!nearer && runs(member)) {
                    found.add(member);
                }
            }
        }
        return answered;
    }

    private void inInterfaces(boolean answered) {
        for (Type each : types.interfaces(type)) {
            Types.Member member = Types.there(each, key);
            if (member != null && !member.is(UNBOUND) && runs(member) && (member.home() != null || !answered)) {
                found.add(member);
            }
        }
    }

    private static boolean runs(Types.Member member) {
        return member.home() != null || member.hasBody();
    }
}
