// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reloader.code.Corpus.Pair;
import io.reloader.code.Corpus.Verdict;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassDiffTest {
    private static final Instrumentation INSTRUMENTATION = Application.attach();

    static List<Pair> pairs() {
        return Corpus.PAIRS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void theVerdictIsWhatTheJvmSaysTooButForTheTraps(Pair pair) throws Exception {
        Map<String, byte[]> before = Sources.compile(pair.before());
        Map<String, byte[]> after = Sources.compile(pair.after());
        List<Difference> differences = differences(before, after);

        assertThat(verdict(differences)).as("%s", differences).isIn(pair.verdict(), restartAsTrap(pair));
        if (!pair.says().isEmpty()) {
            assertThat(differences.stream().map(ClassDiffTest::line)).anyMatch(line -> line.contains(pair.says()));
        }
        redefine(before, after, pair.verdict() == Verdict.RESTART);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void aVersionIsTheSameAsItself(Pair pair) {
        for (byte[] each : Sources.compile(pair.after()).values()) {
            assertThat(ClassDiff.between(each, each.clone())).isEmpty();
        }
    }

    private static Verdict restartAsTrap(Pair pair) {
        return pair.verdict() == Verdict.TRAP ? Verdict.RESTART : pair.verdict();
    }

    private static List<Difference> differences(Map<String, byte[]> before, Map<String, byte[]> after) {
        List<Difference> all = new ArrayList<>();
        Map<String, String> numberedBefore = new TreeMap<>();
        Map<String, String> numberedAfter = new TreeMap<>();
        before.forEach((name, bytes) -> {
            byte[] next = after.get(name);
            if (next != null) {
                all.addAll(ClassDiff.between(bytes, next));
                if (Renumbered.isNumbered(name)) {
                    numberedBefore.put(name, Renumbered.text(bytes));
                    numberedAfter.put(name, Renumbered.text(next));
                }
            }
        });
        all.addAll(Renumbered.classes(numberedBefore, numberedAfter));
        return all;
    }

    private static Verdict verdict(List<Difference> differences) {
        if (differences.isEmpty()) {
            return Verdict.SAME;
        }
        return differences.stream().anyMatch(Difference.Blocked.class::isInstance) ? Verdict.RESTART : Verdict.BODY;
    }

    private static String line(Difference difference) {
        if (difference instanceof Difference.Blocked blocked) {
            return blocked.line();
        }
        return difference instanceof Difference.Stale stale ? stale.line() : difference.member();
    }

    private static void redefine(Map<String, byte[]> before, Map<String, byte[]> after, boolean rejects)
            throws Exception {
        Defining loader = new Defining(before);
        List<ClassDefinition> definitions = new ArrayList<>();
        for (String name : before.keySet()) {
            byte[] next = after.get(name);
            if (next != null) {
                definitions.add(new ClassDefinition(loader.loadClass(name.replace('/', '.')), next));
            }
        }
        ClassDefinition[] batch = definitions.toArray(ClassDefinition[]::new);
        if (rejects) {
            assertThatThrownBy(() -> INSTRUMENTATION.redefineClasses(batch))
                    .isInstanceOf(UnsupportedOperationException.class);
        } else {
            INSTRUMENTATION.redefineClasses(batch);
        }
    }
}
