// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** A loaded class that is to change. Immutable; the arrays are not written to. */
public final class Subject {
    private final byte[] shaped;
    private final byte[] after;
    private final Homes homes;
    private final Map<String, byte[]> companions;
    private final String fresh;

    /** Whether the tables of its switches have changed. */
    private final boolean renumbered;

    private final boolean initialised;

    /**
     * All that is known of it.
     *
     * @param shaped what it runs: of the shape that it was loaded with
     * @param after what its source says now
     * @param homes what it has had added
     * @param companions what these run, by internal name
     * @param fresh the name for one more companion
     * @param renumbered whether the tables of its switches have changed
     * @param initialised whether its static initialiser has run
     */
    public Subject(
            byte[] shaped,
            byte[] after,
            Homes homes,
            Map<String, byte[]> companions,
            String fresh,
            boolean renumbered,
            boolean initialised) {
        this.shaped = shaped;
        this.after = after;
        this.homes = homes;
        this.companions = companions;
        this.fresh = fresh;
        this.renumbered = renumbered;
        this.initialised = initialised;
    }

    byte[] shaped() {
        return shaped;
    }

    byte[] after() {
        return after;
    }

    Homes homes() {
        return homes;
    }

    Map<String, byte[]> companions() {
        return companions;
    }

    String fresh() {
        return fresh;
    }

    boolean renumbered() {
        return renumbered;
    }

    boolean initialised() {
        return initialised;
    }

    static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.EXPAND_FRAMES);
        return node;
    }

    static Map<String, MethodNode> methods(ClassNode node) {
        Map<String, MethodNode> methods = new HashMap<>();
        node.methods.forEach(each -> methods.put(each.name + each.desc, each));
        return methods;
    }
}
