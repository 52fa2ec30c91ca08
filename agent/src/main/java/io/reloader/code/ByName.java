// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Findings.Verdict;
import io.reloader.lower.Home;
import io.reloader.lower.Homes;
import io.reloader.lower.Mentions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds new code that would look an added member up by its name, and not find it. Lives for one reload; take-up thread. */
final class ByName {
    private static final String REST =
            ", which was added, by its name; reflection does not see it; restart the process";

    /** In the programmer's words, by name. */
    private final Map<String, String> added = new HashMap<>();

    private ByName() {}

    /** Of what was added before, and of what is planned. */
    static ByName of(LoaderTables tables, Map<Lowerings.Named, Homes> planned) {
        ByName all = new ByName();
        tables.forEach(table -> table.companions.owners().forEach(each -> all.add(each, table.companions.homes(each))));
        planned.forEach((named, homes) -> all.add(named.name(), homes));
        return all;
    }

    /** The classes that are to change, and those that come. */
    void judge(Review review, Collection<Change> changes) {
        Stream<Change> comers = Stream.concat(
                review.pending.stream().map(Prepared::change),
                review.additions.wanted().stream().map(Addition::change));
        Stream.concat(changes.stream(), comers)
                .forEach(each -> in(each.bytes(), each.of().name())
                        .forEach(line -> review.verdicts.fault(each.of(), Verdict.RESTART, line)));
    }

    private void add(String type, Homes homes) {
        homes.methods().keySet().stream()
                .filter(key -> !key.startsWith("lambda$"))
                .forEach(key -> added.put(name(key), method(type, key)));
        homes.fields().forEach((key, home) -> added.put(name(key, home), Names.field(type, name(key, home))));
    }

    /** Faults, in lines. */
    private List<String> in(byte[] bytes, String type) {
        List<String> faults = new ArrayList<>();
        Mentions.in(bytes, added.keySet()).forEach((key, names) -> {
            String member = key.startsWith("<clinit>") ? Names.type(type) + "'s static initialiser" : method(type, key);
            names.stream().sorted().forEach(name -> faults.add(member + " looks up " + added.get(name) + REST));
        });
        return faults;
    }

    private static String method(String type, String key) {
        return Names.method(type, name(key), key.substring(name(key).length()));
    }

    private static String name(String key) {
        return key.substring(0, Math.max(0, key.indexOf('(')));
    }

    private static String name(String key, Home home) {
        return key.substring(0, key.length() - home.descriptor().length());
    }
}
