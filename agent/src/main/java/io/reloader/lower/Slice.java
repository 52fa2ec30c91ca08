// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** The part of a static initialiser that sets one field: a whole statement that needs no other. */
final class Slice {
    private final AbstractInsnNode[] code;
    private final Frame<BasicValue>[] frames;
    private final MethodNode initialiser;

    private Slice(String owner, MethodNode initialiser) throws AnalyzerException {
        this.initialiser = initialiser;
        code = initialiser.instructions.toArray();
        frames = new Analyzer<>(new BasicInterpreter()).analyze(owner, initialiser);
    }

    /** Whether the field's initialiser, if it has one, can be run by itself. */
    static boolean possible(ClassNode type, FieldNode field) {
        return of(type, field) != null;
    }

    /** Empty if nothing sets the field; null if what does cannot be taken out. */
    static @Nullable InsnList of(ClassNode type, FieldNode field) {
        MethodNode initialiser = Subject.methods(type).get("<clinit>()V");
        if (initialiser == null) {
            return new InsnList();
        }
        try {
            return new Slice(type.name, initialiser).of(type.name, field);
        } catch (AnalyzerException | RuntimeException e) {
            return null;
        }
    }

    private @Nullable InsnList of(String owner, FieldNode field) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < code.length; i++) {
            if (code[i] instanceof FieldInsnNode set
                    && set.getOpcode() == Opcodes.PUTSTATIC
                    && set.owner.equals(owner)
                    && set.name.equals(field.name)
                    && set.desc.equals(field.desc)) {
                ends.add(i);
            }
        }
        if (ends.isEmpty()) {
            return new InsnList();
        }
        if (ends.size() > 1) {
            return null;
        }
        int end = ends.get(0);
        int begin = beginning(end);
        return begin >= 0 && straight(end) && !readElsewhere(owner, field, begin, end) ? copy(begin, end) : null;
    }

    /** Where the statement begins that ends here; -1 if it cannot be told from those around it. */
    private int beginning(int end) {
        for (int begin = end - 1; begin >= 0; begin--) {
            if (frames[begin] != null
                    && frames[begin].getStackSize() == 0
                    && code[begin].getOpcode() >= 0
                    && closed(begin, end)) {
                return begin;
            }
        }
        return -1;
    }

    /** Whether other statements than the initialisers of fields use what this one sets, and so may fill it. */
    private boolean readElsewhere(String owner, FieldNode field, int begin, int end) {
        Set<Integer> within = new HashSet<>();
        for (int i = 0; i < code.length; i++) {
            if (code[i].getOpcode() == Opcodes.PUTSTATIC) {
                int from = beginning(i);
                for (int j = from; from >= 0 && j <= i; j++) {
                    within.add(j);
                }
            }
        }
        for (int i = 0; i < code.length; i++) {
            if (code[i] instanceof FieldInsnNode use
                    && use.owner.equals(owner)
                    && use.name.equals(field.name)
                    && (i < begin || i > end)
                    && !within.contains(i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no jump leads in or out, no handler guards it, and no local variable is shared. */
    private boolean closed(int begin, int end) {
        Map<LabelNode, Integer> places = places();
        for (int i = 0; i < code.length; i++) {
            boolean from = i >= begin && i <= end;
            for (LabelNode label : targets(code[i])) {
                int to = places.getOrDefault(label, -1);
                if (from != (to > begin && to <= end) && (from || (to > begin && to <= end))) {
                    return false;
                }
            }
        }
        for (var each : initialiser.tryCatchBlocks) {
            int handler = places.getOrDefault(each.handler, -1);
            boolean guards = places.getOrDefault(each.start, 0) <= end && places.getOrDefault(each.end, 0) > begin;
            if (guards || (handler >= begin && handler <= end)) {
                return false;
            }
        }
        Set<Integer> written = new HashSet<>();
        for (int i = begin; i <= end; i++) {
            if (code[i] instanceof VarInsnNode variable) {
                if (variable.getOpcode() >= Opcodes.ISTORE) {
                    written.add(variable.var);
                } else if (!written.contains(variable.var)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the statement runs on every way through, once. */
    private boolean straight(int end) {
        Map<LabelNode, Integer> places = places();
        for (int i = 0; i < code.length; i++) {
            for (LabelNode label : targets(code[i])) {
                int to = places.getOrDefault(label, -1);
                if ((i < end && to > end) || (i > end && to <= end)) {
                    return false;
                }
            }
        }
        return true;
    }

    private InsnList copy(int begin, int end) {
        Map<LabelNode, LabelNode> labels = new HashMap<>();
        places().keySet().forEach(each -> labels.put(each, new LabelNode()));
        InsnList slice = new InsnList();
        for (int i = begin; i <= end; i++) {
            AbstractInsnNode each = code[i].clone(labels);
            if (each instanceof FrameNode frame) {
                frame.local = List.of();
            }
            slice.add(each);
        }
        return slice;
    }

    private Map<LabelNode, Integer> places() {
        Map<LabelNode, Integer> places = new HashMap<>();
        for (int i = 0; i < code.length; i++) {
            if (code[i] instanceof LabelNode label) {
                places.put(label, i);
            }
        }
        return places;
    }

    private static List<LabelNode> targets(AbstractInsnNode at) {
        if (at instanceof JumpInsnNode jump) {
            return List.of(jump.label);
        }
        List<LabelNode> targets = new ArrayList<>();
        if (at instanceof TableSwitchInsnNode table) {
            targets.addAll(table.labels);
            targets.add(table.dflt);
        } else if (at instanceof LookupSwitchInsnNode lookup) {
            targets.addAll(lookup.labels);
            targets.add(lookup.dflt);
        }
        return targets;
    }
}
