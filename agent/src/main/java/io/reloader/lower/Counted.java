// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Names that compilers make by counting: of anonymous and local classes, and of what is nested in these. Of two classes
 * that would have the same such name, the later one gets it with a mark of ours behind it: {@code Cart$1_r2}.
 */
public final class Counted {
    private static final Pattern NAME = Pattern.compile(".+\\$\\d.*");
    private static final String MARK = "_r";
    private static final Pattern OURS = Pattern.compile(MARK + "\\d+$");
    private static final int MOST_DIGITS = 9;

    private Counted() {}

    public static boolean is(String name) {
        return NAME.matcher(name).matches();
    }

    /** The class file that all which is nested, however deep, goes back to. */
    public static String top(String name) {
        int at = name.indexOf('$', name.lastIndexOf('/') + 2);
        return at < 0 ? name : name.substring(0, at);
    }

    /** Those of its top's that a class file names as nested. */
    public static Set<String> nested(byte[] bytes) {
        Set<String> names = new HashSet<>();
        ClassReader reader = new ClassReader(bytes);
        String within = top(reader.getClassName()) + "$";
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitInnerClass(String name, String outer, String inner, int access) {
                        names.add(name);
                    }

                    @Override
                    public void visitNestMember(String name) {
                        names.add(name);
                    }
                },
                ClassReader.SKIP_CODE);
        names.removeIf(name -> !name.startsWith(within));
        return names;
    }

    static String fresh(String name, int number) {
        return name + MARK + number;
    }

    static String parent(String name) {
        return name.substring(0, name.lastIndexOf('$'));
    }

    /** What its parent calls it, number and all. */
    static String segment(String name) {
        return name.substring(name.lastIndexOf('$') + 1);
    }

    /** Whether it has a number of its own, and not only its parent has. */
    static boolean numbered(String name) {
        return Character.isDigit(name.charAt(name.lastIndexOf('$') + 1));
    }

    /** As the source has it; empty if it has none. */
    static String local(String name) {
        String segment = segment(name);
        return OURS.matcher(segment.substring(digits(segment))).replaceAll("");
    }

    static int number(String name) {
        String segment = segment(name);
        int digits = digits(segment);
        return digits == 0 || digits > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(segment.substring(0, digits));
    }

    private static int digits(String segment) {
        int end = 0;
        while (end < segment.length() && Character.isDigit(segment.charAt(end))) {
            end++;
        }
        return end;
    }
}
