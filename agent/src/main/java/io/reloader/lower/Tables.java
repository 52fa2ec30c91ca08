// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * The tables from an enum's constants to the cases of a switch that compilers put into a class of their own. Its static
 * initialiser has run: changed tables get another class, and code that has not changed goes on with the old ones.
 */
public final class Tables {
    private static final Pattern TABLE = Pattern.compile("\\$(SwitchMap|EnumSwitchMapping)\\$.+");

    private Tables() {}

    public static boolean is(FieldNode field) {
        return (field.access & Opcodes.ACC_STATIC) != 0
                && field.desc.equals("[I")
                && TABLE.matcher(field.name).matches();
    }

    /** Whether a class has nothing else, so that its static initialiser can run again elsewhere. */
    static boolean alone(ClassNode type) {
        return type.fields.stream().allMatch(Tables::is)
                && type.methods.stream().allMatch(each -> each.name.equals("<clinit>"));
    }

    static Homes in(String companion, ClassNode type, Homes homes) {
        Homes more = homes;
        for (FieldNode field : type.fields) {
            more = more.withField(field.name + field.desc, new Home(companion, field.name, field.desc));
        }
        return more;
    }

    /** Whether the tables of a class live elsewhere. */
    static boolean moved(ClassNode type, Homes homes) {
        return type.fields.stream().anyMatch(each -> is(each) && homes.field(each.name + each.desc) != null);
    }
}
