// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * The constructor of a class that those ride on that it has had added. It is the same one for ever. Immutable.
 *
 * @param numbers of the added ones, from 1 on, by descriptor
 */
public record Carrier(String descriptor, int access, Map<String, Integer> numbers) {
    public Carrier {
        numbers = Map.copyOf(numbers);
    }

    /** The one that the most callers may use, and of those the cheapest to call; empty if there is none. */
    static Optional<Carrier> of(ClassNode shaped) {
        return shaped.methods.stream()
                .filter(each -> each.name.equals("<init>"))
                .map(each -> new Carrier(each.desc, each.access, Map.of()))
                .min(Comparator.comparing((Carrier each) -> -Plan.breadth(each.access))
                        .thenComparing(each -> Type.getArgumentsAndReturnSizes(each.descriptor))
                        .thenComparing(Carrier::descriptor));
    }

    /** Whether an added one of these flags may be called by subclasses that may not call this. */
    public boolean narrower(int added, boolean beyondPackage) {
        int breadth = Plan.breadth(access);
        return breadth == 0 ? Plan.breadth(added) > 0 : breadth == 1 && beyondPackage && Plan.breadth(added) > 1;
    }

    /** The same, with one more if it is not known yet. */
    Carrier with(String added) {
        Map<String, Integer> more = new TreeMap<>(numbers);
        more.putIfAbsent(added, numbers.size() + 1);
        return new Carrier(descriptor, access, more);
    }
}
