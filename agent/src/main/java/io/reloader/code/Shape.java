// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * What other classes link to in a class: its names and flags, no code. Immutable.
 *
 * @param host the class whose private members it shares
 * @param supertypes superclass first, if there is one
 * @param methods flags by name and descriptor
 * @param fields flags by name and descriptor
 */
record Shape(
        String name,
        int access,
        String host,
        List<String> supertypes,
        Map<String, Integer> methods,
        Map<String, Integer> fields,
        Origin origin)
        implements Sight {

    /**
     * Where it comes from.
     *
     * @param loader its class loader; null if that is the boot loader, or not known
     * @param module null if not known
     * @param changed whether it is one of those that a reload takes up
     */
    record Origin(@Nullable ClassLoader loader, @Nullable Module module, boolean changed) {}

    /** Fails with whatever ASM throws at a class file that it cannot read. */
    static Shape of(byte[] bytes, Origin origin) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        List<String> supertypes = new ArrayList<>();
        if (node.superName != null) {
            supertypes.add(node.superName);
        }
        supertypes.addAll(node.interfaces);
        Map<String, Integer> methods = new TreeMap<>();
        node.methods.forEach(each -> methods.put(each.name + each.desc, each.access));
        Map<String, Integer> fields = new TreeMap<>();
        node.fields.forEach(each -> fields.put(each.name + each.desc, each.access));
        String host = node.nestHostClass == null ? node.name : node.nestHostClass;
        return new Shape(node.name, node.access, host, supertypes, methods, fields, origin);
    }

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    /** In one package of one class loader, as far as that is known. */
    boolean besides(Shape other) {
        return packageName().equals(other.packageName())
                && (origin.loader() == null
                        || other.origin.loader() == null
                        || origin.loader() == other.origin.loader());
    }

    String packageName() {
        int end = name.lastIndexOf('/');
        return end < 0 ? "" : Names.type(name.substring(0, end));
    }
}
