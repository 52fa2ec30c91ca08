// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ReloaderVersions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DualBodyTest {
    private static final String SHAPES = """
            class T {
                private final String made;
                T(int a, long b) { super(); made = "%1$s" + a + b; }
                static String loop(int n) { while (true) { n--; if (n < 0) return "%1$s" + n; } }
                String long_(double d, float f, byte[] x, String[][] y) { try { return "%1$s" + d + f + x[0]; }
                    catch (RuntimeException e) { return "%1$scaught"; } finally { y = null; } }
                static Runnable lambda(java.util.List<String> out) { return () -> out.add("%1$slambda"); }
                static synchronized String chosen(String s) { switch (s) { case "a": return "%1$sa"; default: return "%1$sz"; } }
                static Object all() {
                    java.util.List<String> out = new java.util.ArrayList<>();
                    T t = new T(1, 2L);
                    out.add(t.made);
                    out.add(loop(3));
                    out.add(t.long_(1, 2, new byte[1], null));
                    out.add(t.long_(1, 2, null, null));
                    lambda(out).run();
                    out.add(chosen("a"));
                    return String.join(" ", out);
                }
            }
            """;

    private static final ReloaderVersions.Frontier EVERY_THREAD_OLD =
            new ReloaderVersions.Frontier(Long.MAX_VALUE, true, new long[0], new ReloaderVersions.Turn[0]);

    @AfterEach
    void allThreadsNew() {
        ReloaderVersions.set(ReloaderVersions.NONE);
    }

    @ParameterizedTest(name = "--release {0}")
    @MethodSource("releases")
    void anOldThreadRunsEveryOldBodyAndANewOneEveryNewBody(String release) throws Exception {
        byte[] dual =
                DualBody.of(shapes("old", release), shapes("new", release)).orElseThrow();
        assertThat(said(dual)).hasSize(6).allMatch(word -> word.startsWith("new"));
        ReloaderVersions.set(EVERY_THREAD_OLD);
        assertThat(said(dual)).hasSize(6).allMatch(word -> word.startsWith("old"));
    }

    @Test
    void bodiesOfTwoReleasesShareOneClassFile() throws Exception {
        byte[] newer = DualBody.of(shapes("old", "8"), shapes("new", "17")).orElseThrow();
        byte[] older = DualBody.of(shapes("old", "17"), shapes("new", "8")).orElseThrow();
        for (byte[] dual : List.of(newer, older)) {
            ReloaderVersions.set(ReloaderVersions.NONE);
            assertThat(said(dual)).hasSize(6).allMatch(word -> word.startsWith("new"));
            ReloaderVersions.set(EVERY_THREAD_OLD);
            assertThat(said(dual)).hasSize(6).allMatch(word -> word.startsWith("old"));
        }
    }

    /** Whatever a compiler makes of it, the JVM verifies it. */
    @ParameterizedTest(name = "{0} at --release {1}")
    @MethodSource("everyBodyChange")
    void everyChangeOfABodyVerifiesWithBothBodies(Corpus.Pair pair, String release) throws Exception {
        Map<String, byte[]> before = Sources.compile(pair.before(), "--release", release);
        Map<String, byte[]> after = Sources.compile(pair.after(), "--release", release);
        Map<String, byte[]> both = new HashMap<>();
        after.forEach((name, bytes) -> both.put(
                name.replace('/', '.'),
                before.containsKey(name) ? DualBody.of(before.get(name), bytes).orElseThrow() : bytes));
        ClassLoader loader = loader(both);
        for (String name : both.keySet()) {
            assertThat(Class.forName(name, true, loader).getName()).isEqualTo(name);
        }
    }

    @Test
    void aMethodThatWouldBeTooLongIsNoDualBody() {
        assertThat(DualBody.of(length(5000, 1), length(5000, 2)).isPresent()).isFalse();
    }

    @Test
    void aBranchOverALongBodyIsTaken() throws Exception {
        byte[] dual = DualBody.of(length(4200, 1), length(0, 2)).orElseThrow();
        assertThat(Application.call(loader(Map.of("com.acme.T", dual)), "T", "a"))
                .isEqualTo(2);
    }

    private static byte[] length(int statements, int result) {
        return Sources.of(
                Sources.compile("class T { static int a() { int x = 0; "
                        + "x = x * 1234567 + 7654321; ".repeat(statements) + "return x * 0 + " + result + "; } }"),
                "T");
    }

    static Stream<String> releases() {
        return Stream.of("8", "11", "17");
    }

    static Stream<Arguments> everyBodyChange() {
        return Corpus.PAIRS.stream()
                .filter(pair -> pair.verdict() == Corpus.Verdict.BODY)
                .map(pair -> Arguments.of(pair, "17"));
    }

    /** What the methods of {@link #SHAPES} say. */
    private static List<String> said(byte[] type) throws Exception {
        Object all = Application.call(loader(Map.of("com.acme.T", type)), "T", "all");
        return List.of(String.valueOf(all).split(" ", -1));
    }

    private static byte[] shapes(String mark, String release) {
        return Sources.of(Sources.compile(SHAPES.formatted(mark), "--release", release), "T");
    }

    private static ClassLoader loader(Map<String, byte[]> classes) {
        return new ClassLoader(ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }
}
