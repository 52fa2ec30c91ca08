// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.ClassStatus;
import io.reloader.control.ClassStatus.Taken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The classes that do not run what they were loaded with. Take-up thread only. */
final class Inventory {
    private final List<ClassStatus> all = new ArrayList<>();

    List<ClassStatus> of(LoaderTables tables, List<Candidate> withheld) {
        tables.forEach(table -> table.forEach((name, live) -> {
            if (withheld.stream()
                    .anyMatch(each -> each.table() == table && each.name().equals(name))) {
                add(table, name, live.location(), Taken.WITHHELD);
            } else if (live.version() != null && !Companions.is(name)) {
                add(table, name, live.location(), taken(live, live.version()));
            }
        }));
        all.sort(Comparator.comparing(ClassStatus::type).thenComparing(ClassStatus::loader));
        return all;
    }

    private static Taken taken(Live live, Version version) {
        return !live.loaded() ? Taken.PENDING : version.beside() ? Taken.BESIDE : Taken.RUNS;
    }

    private void add(LoaderTable table, String name, Location location, Taken taken) {
        ClassLoader loader = table.loader();
        if (loader != null) {
            all.add(new ClassStatus(Names.type(name), location.file(name), title(loader), taken));
        }
    }

    /** No call into the loader's own code, which may do anything. */
    static String title(ClassLoader loader) {
        return loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
    }
}
