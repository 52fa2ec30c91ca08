// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.code.ChangeSet.Stated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the README says may be changed is what the change sets that it names show. */
class ChangesTableTest {
    private static final String HEAD = "| Change | By default | With `structure=true` | For instance |";
    private static final Set<Stated> TAKEN_UP = Set.of(Stated.BODY, Stated.SAME);
    private static final Set<Stated> KEPT = Set.of(Stated.BODY, Stated.SAME, Stated.LOWERED);

    private final Map<String, List<Set<Stated>>> verdicts = new HashMap<>();

    @Test
    void everyRowHoldsOfTheChangeSetsThatItNames() throws Exception {
        ChangeSets.AREAS.forEach(
                area -> ChangeSets.read(area).forEach(each -> verdicts.put(each.name(), each.stated())));
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(10);
        rows.forEach(this::check);
    }

    private static List<String> rows() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("../README.md"));
        List<String> rows = new ArrayList<>();
        int begin = lines.indexOf(HEAD);
        assertThat(begin).as("the table's head: " + HEAD).isPositive();
        for (int i = begin + 2; lines.get(i).startsWith("|"); i++) {
            rows.add(lines.get(i));
        }
        return rows;
    }

    private void check(String row) {
        String[] cells = row.split("\\|", -1);
        for (String name : cells[4].strip().split("; ", -1)) {
            assertThat(verdicts).as(row).containsKey(name);
            Set<Stated> both = new HashSet<>();
            verdicts.getOrDefault(name, List.of()).forEach(both::addAll);
            assertThat(cells[3].strip()).as(row + ": " + name + " is " + both).isEqualTo(word(both));
            assertThat(cells[2].strip())
                    .as(row + ": " + name + " is " + both)
                    .isEqualTo(TAKEN_UP.containsAll(both) ? "taken up" : "needs restart");
        }
    }

    private static String word(Set<Stated> verdicts) {
        if (TAKEN_UP.containsAll(verdicts)) {
            return "taken up";
        }
        if (KEPT.containsAll(verdicts)) {
            return "lowered";
        }
        return verdicts.contains(Stated.RESTART) ? "needs restart" : "not known";
    }
}
