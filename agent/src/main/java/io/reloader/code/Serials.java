// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.HashSet;
import java.util.Set;

/** Whether objects of a class are written with its name. Lives for one reload; take-up thread only. */
final class Serials {
    private final World world;

    Serials(World world) {
        this.world = world;
    }

    /** Warns of those whose names are not those that a process started anew would write and read. */
    void warn(Sweep sweep, Review review) {
        sweep.renamed.keySet().forEach(of -> {
            ClassLoader loader = of.table().loader();
            Set<String> above = new HashSet<>();
            if (loader != null) {
                gather(loader, of.name(), above);
            }
            if (above.contains("java/io/Serializable") && !above.contains("java/lang/Enum")) {
                review.stale.add(
                        of.human() + " is serializable and has another number in its class file: what is written"
                                + " with its name cannot be read by a process that is started anew; restart before it is to be");
            }
        });
    }

    private void gather(ClassLoader loader, String name, Set<String> above) {
        if (above.add(name) && world.find(loader, name) instanceof Shape shape) {
            shape.supertypes().forEach(each -> gather(loader, each, above));
        }
    }
}
