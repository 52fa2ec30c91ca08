// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.reloader.code.ChangeSet.Line;
import io.reloader.code.ChangeSet.Stated;
import io.reloader.code.RandomProgram.Edit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that chance wrote and changes: refused, or as if started anew. More with {@code -Psoak}; one alone with
 * {@code -Drandom.seed=N -Drandom.programs=1}.
 */
class RandomChangesTest {
    private static final long SEED = Long.getLong("random.seed", 1);
    private static final int PROGRAMS = Integer.getInteger("random.programs", 100);
    private static final int AT_ONCE = 100;
    private static final int FIRST_EDITS = 16;
    private static final int EDITS = 3;
    private static final Set<Stated> ANY = EnumSet.complementOf(EnumSet.of(Stated.LATER, Stated.WRONG));

    @TempDir
    private Path home;

    /** The edits that make each version of the one before; of the first, of nothing. */
    private record History(long seed, List<List<Edit>> edits) {
        static History of(long seed) {
            Random random = new Random(seed);
            List<List<Edit>> edits = new ArrayList<>();
            for (int version = 1; version <= ChangeSet.VERSIONS; version++) {
                int count = version == 1 ? FIRST_EDITS : 1 + random.nextInt(EDITS);
                edits.add(Stream.generate(() -> Edit.any(random)).limit(count).toList());
            }
            return new History(seed, edits);
        }

        ChangeSet set() {
            List<Line> lines = new ArrayList<>();
            RandomProgram program = new RandomProgram();
            for (int version = 1; version <= ChangeSet.VERSIONS; version++) {
                program = program.with(edits.get(version - 1));
                lines.addAll(RandomText.of(program, String.valueOf(version)));
            }
            return new ChangeSet("seed " + seed, "random.c" + seed, 17, List.of(ANY, ANY), lines, List.of());
        }

        History without(int version, int at) {
            List<List<Edit>> fewer = new ArrayList<>(edits);
            List<Edit> those = new ArrayList<>(edits.get(version));
            those.remove(at);
            fewer.set(version, those);
            return new History(seed, fewer);
        }

        String text() {
            ChangeSet set = set();
            return "seed " + seed + ": " + edits + "\n"
                    + IntStream.rangeClosed(1, ChangeSet.VERSIONS)
                            .mapToObj(version -> "--- version " + version + "\n"
                                    + set.sources(version).get(set.place().replace('.', '/') + "/Source"))
                            .collect(Collectors.joining());
        }
    }

    @Test
    void whateverChangesAReloadedProgramAnswersAsOneThatWasStartedAnewOrAsBefore() throws Exception {
        int applied = 0;
        for (int from = 0; from < PROGRAMS; from += AT_ONCE) {
            long first = SEED + from;
            List<History> histories = IntStream.range(0, Math.min(AT_ONCE, PROGRAMS - from))
                    .mapToObj(i -> History.of(first + i))
                    .toList();
            applied += run(histories);
        }
        System.out.println("random changes: " + applied + " of " + 2 * PROGRAMS + " reloads applied");
        assertThat(applied).isPositive();
    }

    /** One version at a time is a fault that every change of a body shows. */
    @Test
    void aFaultIsShrunkToTheFewEditsThatShowIt() throws Exception {
        try (Application app = Application.structural(false)) {
            app.code.remember();
            for (long seed = 1; ; seed++) {
                History history = History.of(seed);
                if (!faults(app, history).isEmpty()) {
                    History least = shrunk(app, history);
                    assertThat(faults(app, least)).anyMatch(line -> line.contains("an old thread beside new ones"));
                    assertThat(least.edits().stream().mapToInt(List::size).sum())
                            .as(least.text())
                            .isLessThanOrEqualTo(3);
                    return;
                }
            }
        }
    }

    private int run(List<History> histories) throws Exception {
        Map<ChangeSet, History> sets = histories.stream().collect(Collectors.toMap(History::set, each -> each));
        List<Map<ChangeSet, Map<String, byte[]>>> compiled = IntStream.rangeClosed(1, ChangeSet.VERSIONS)
                .mapToObj(version -> ChangeSets.compile(List.copyOf(sets.keySet()), version))
                .toList();
        int applied = 0;
        try (Application app = Application.structural()) {
            app.code.remember();
            for (ChangeSet set : sets.keySet()) {
                Trial trial = trial(app, set);
                List<String> faults = trial.run(compiled.stream()
                        .map(each -> Objects.requireNonNull(each.get(set)))
                        .toList());
                applied += trial.applied();
                if (!faults.isEmpty()) {
                    History least = shrunk(app, Objects.requireNonNull(sets.get(set)));
                    fail(String.join("\n", faults(app, least)) + "\n" + least.text());
                }
            }
        }
        return applied;
    }

    private History shrunk(Application app, History failing) throws Exception {
        History least = failing;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (int version = ChangeSet.VERSIONS - 1; version >= 0; version--) {
                for (int at = least.edits().get(version).size() - 1; at >= 0; at--) {
                    History shorter = least.without(version, at);
                    if (!faults(app, shorter).isEmpty()) {
                        least = shorter;
                        smaller = true;
                    }
                }
            }
        }
        return least;
    }

    private List<String> faults(Application app, History history) throws Exception {
        ChangeSet set = history.set();
        List<Map<String, byte[]>> versions = IntStream.rangeClosed(1, ChangeSet.VERSIONS)
                .mapToObj(version -> Sources.compile(set.sources(version), "--release", "17"))
                .toList();
        return trial(app, set).run(versions);
    }

    private Trial trial(Application app, ChangeSet set) throws Exception {
        return new Trial(app, Files.createTempDirectory(home, "random"), set, true);
    }
}
