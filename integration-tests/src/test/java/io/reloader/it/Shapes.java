// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * A greeting whose classes gain and lose members from one version to the next, in turns. A call of {@code version()}
 * goes through all of them, and rests on its way; it answers -1 if it has met two versions.
 */
final class Shapes implements Versions {
    private static final String GREETING = """
            package com.example.greeting;
            public final class Greeting {
                private static final Base HELD = new Derived("held");
                public static int version() {
                    return version(() -> java.util.concurrent.locks.LockSupport.parkNanos(300_000));
                }
                public static int version(Runnable rest) {
                    String text = "<N>" + HELD.text();
                    rest.run();
                    text += new Derived("made").text() + HELD.spoken();
                    rest.run();
                    return judged(text + HELD);
                }
                private static int judged(String text) {
                    String words = text.replace("<N>", "");
                    return words.contains("<") ? -1 : N * 1000 + Math.floorMod(words.hashCode(), 1000);
                }
            }
            """;

    private static final String DERIVED = """
            package com.example.greeting;
            class Derived extends Base {
                Derived(String name) { super(name); }
                @Override String text() { return super.text() + "<N>derived"; }
            }
            """;

    private static final List<String> FIRST = List.of(GREETING, DERIVED, """
            package com.example.greeting;
            interface Speaks {
                default String spoken() { return "<N>speaks"; }
            }
            """, """
            package com.example.greeting;
            abstract class Base implements Speaks {
                final String name;
                Base(String name) { this.name = name; }
                String text() { return "<N>" + name + said(); }
                String said() { return "<N>base"; }
                @Override public String toString() { return "<N>" + name; }
            }
            """);

    /** Methods, static fields, lambdas, an override and a nested class are added. */
    private static final List<String> SECOND = List.of(GREETING, """
            package com.example.greeting;
            class Derived extends Base {
                Derived(String name) { super(name); }
                @Override String text() { return super.text() + twice("x", 3L) + alike(2); }
                @Override String said() { return "<N>overridden" + super.said(); }
                protected String alike(int number) { return "<N>of derived" + super.alike(number); }
            }
            """, """
            package com.example.greeting;
            interface Speaks {
                default String spoken() { return softly("w") + aloud("z"); }
                private String softly(String word) { return "<N>softly " + word; }
                static String aloud(String word) { return "<N>aloud " + word; }
            }
            """, """
            package com.example.greeting;
            import java.util.function.Supplier;
            abstract class Base implements Speaks {
                private static final java.util.Map<String, Integer> COUNTS = java.util.Map.of("one", 1);
                static String prefix = "pre";
                final String name;
                Base(String name) { this.name = name; }
                String text() {
                    Supplier<String> lambda = () -> "<N>lambda" + secret(3) + prefix;
                    Supplier<String> reference = this::said;
                    return lambda.get() + reference.get() + new Inner(name).of();
                }
                private String secret(int number) { return "<N>" + name + number + COUNTS.get("one"); }
                static String twice(String word, long times) { return "<N>" + word.repeat((int) times); }
                String alike(int number) { return "<N>alike" + number; }
                String said() { return "<N>base"; }
                @Override public String toString() { return "<N>" + name; }
                static final class Inner {
                    private final String of;
                    Inner(String of) { this.of = of; }
                    String of() { return "<N>inner" + of + prefix; }
                }
            }
            """);

    /** Signatures change, lambdas and an override change places, classes and instance fields come. */
    private static final List<String> THIRD = List.of(GREETING, """
            package com.example.greeting;
            class Derived extends Base {
                private int calls;
                Derived(String name) { super(name); }
                @Override String text() {
                    calls++;
                    return super.text() + "<N>" + (calls > 0) + alike("2") + twice('y', 2);
                }
                String alike(String number) { return "<N>alike by word " + number; }
            }
            """, """
            package com.example.greeting;
            interface Speaks {
                default String spoken() { return softly(new Said("v", 7)); }
                private String softly(Said said) { return "<N>" + said.word() + said.times(); }
                record Said(String word, int times) {}
            }
            """, """
            package com.example.greeting;
            import java.util.function.Supplier;
            abstract class Base implements Speaks {
                private static final StringBuilder KNOWN = new StringBuilder("known");
                final String name;
                private volatile String cached;
                long seen;
                Base(String name) { this.name = name; }
                String text() {
                    Supplier<String> first = () -> "<N>first" + secret("s", 1.5);
                    Supplier<String> lambda = () -> "<N>lambda" + KNOWN + first.get();
                    seen = seen == 0 ? 42 : seen;
                    return lambda.get() + said() + seen + cache();
                }
                private String cache() {
                    cached = cached == null ? name + "!" : cached;
                    return "<N>" + cached;
                }
                private String secret(String word, double number) { return "<N>" + word + number; }
                static String twice(char letter, int times) { return "<N>" + (letter + "").repeat(times); }
                String said() {
                    Object local = new Object() {
                        @Override public String toString() { return "<N>anonymous" + name; }
                    };
                    return switch (name) {
                        case "held" -> "<N>it is held " + local;
                        case "made" -> "<N>it is made " + local;
                        default -> "<N>?";
                    };
                }
                @Override public String toString() { return "<N>" + name + seen; }
            }
            """);

    private static final List<List<String>> TURNS = List.of(FIRST, SECOND, THIRD);

    @Override
    public void compile(Path out, int version) {
        Sources.compile(
                out,
                "",
                TURNS.get(version % TURNS.size()).stream()
                        .map(source ->
                                source.replace("<N>", "<" + version + ">").replaceAll("\\bN\\b", version + ""))
                        .toArray(String[]::new));
    }

    @Override
    public String changed() {
        return "\\d+ classes changed \\(\\d+ body(?:, \\d+ not loaded yet)?\\)";
    }

    /** What a program says that starts with it. */
    @Override
    public int told(Path built, int version) {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {built.toUri().toURL()}, null)) {
            Class<?> greeting = Class.forName("com.example.greeting.Greeting", true, loader);
            int told = (int) greeting.getMethod("version").invoke(null);
            assertThat(told / 1000).isEqualTo(version);
            return told;
        } catch (Exception e) {
            throw new AssertionError("version " + version, e);
        }
    }
}
