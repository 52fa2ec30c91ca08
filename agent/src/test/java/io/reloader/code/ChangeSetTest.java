// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On a JDK 25: DifferentialIT. One set alone: {@code -Dchange=methods.c3}; those of one file: {@code -Dchange=methods}. */
class ChangeSetTest {
    @TempDir
    private Path home;

    @Test
    void thereAreAHundredAndFiftyAtTheLeast() {
        assertThat(areas().flatMap(area -> ChangeSets.read(area).stream())).hasSizeGreaterThanOrEqualTo(150);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("areas")
    void aReloadedProgramAnswersAsOneThatWasStartedAnew(String area) throws Exception {
        assertThat(Differential.faults(area, false, home)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("areas")
    void withTwoVersionsAtOnceOldThreadsAnswerAsBeforeAndNewOnesAsOneThatWasStartedAnew(String area) throws Exception {
        assertThat(Differential.faults(area, true, home)).isEmpty();
    }

    /** As after an attach: their added fields are found by the identity of the object. */
    @Test
    void objectsOfClassesThatWereLoadedBeforeKeepAddedFieldsToo() throws Exception {
        try (Application app = Application.attachedTo(true)) {
            assertThat(Differential.faults("fields", true, app, home)).isEmpty();
        }
    }

    static Stream<String> areas() {
        return ChangeSets.AREAS.stream();
    }

    /** What the tests above could not see if they looked in the wrong place. */
    @Test
    void withoutTwoVersionsAnOldThreadIsSeenToRunTheNewOne() throws Exception {
        ChangeSet set = ChangeSets.of("bodies").get(0);
        try (Application app = Application.structural(false)) {
            app.code.remember();
            List<Map<String, byte[]>> versions = IntStream.rangeClosed(1, ChangeSet.VERSIONS)
                    .mapToObj(version -> Objects.requireNonNull(
                            ChangeSets.compile(List.of(set), version).get(set)))
                    .toList();
            assertThat(new Trial(app, home, set, true).run(versions))
                    .hasSize(4)
                    .allMatch(line -> line.contains("an old thread beside new ones"));
        }
    }
}
