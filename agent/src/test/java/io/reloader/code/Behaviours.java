// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.List;

/** Changes that a running JVM takes up, each a class with a static method run() whose answer it changes. */
final class Behaviours {
    private static final String RUN = "static Object run() { %s }";

    private Behaviours() {}

    /**
     * One change.
     *
     * @param release the first that has the syntax
     * @param keeps whether the answer stays what it was, unlike that of a new start: what the reload says is stale
     */
    record Behaviour(String name, int release, boolean keeps, String before, String after) {}

    static List<Behaviour> all() {
        List<Behaviour> all = new ArrayList<>();
        expressions(all);
        statements(all);
        members(all);
        later(all);
        stale(all);
        return all;
    }

    private static void expressions(List<Behaviour> all) {
        String[][] pairs = {
            {"an int", "1", "2"},
            {"a long", "1L", "Long.MAX_VALUE"},
            {"a double", "1.5", "2.5e300"},
            {"a float", "1.5f", "-0.0f"},
            {"a char", "'a'", "'\\u00e9'"},
            {"a string", "\"a\"", "\"b\""},
            {"a boolean", "true", "false"},
            {"null", "\"a\"", "\"\" + null"},
            {
                "concatenation",
                "\"a\" + System.lineSeparator().length()",
                "\"b\" + System.lineSeparator().length() + 'c' + 1L"
            },
            {"integer division", "7 / Integer.parseInt(\"2\")", "7 % Integer.parseInt(\"2\")"},
            {"a shift", "Integer.parseInt(\"-8\") >> 1", "Integer.parseInt(\"-8\") >>> 1"},
            {"bits", "Integer.parseInt(\"6\") & 3", "Integer.parseInt(\"6\") ^ 3"},
            {"a comparison", "Integer.parseInt(\"6\") < 6", "Integer.parseInt(\"6\") <= 6"},
            {"a ternary", "Integer.parseInt(\"6\") > 5 ? 'x' : 'y'", "Integer.parseInt(\"6\") > 6 ? 'x' : 'y'"},
            {"a cast", "(byte) Integer.parseInt(\"300\")", "(short) Integer.parseInt(\"70000\")"},
            {"boxing", "Integer.valueOf(1).hashCode()", "Long.valueOf(1L << 32).hashCode() + 1"},
            {"instanceof", "((Object) \"\") instanceof String", "((Object) \"\") instanceof Integer"},
            {"an array", "new int[] {1, 2}.length", "new int[][] {{1}, {2, 3}}[1][1]"},
            {"an array's clone", "new int[] {1}.clone()[0]", "new int[] {4}.clone()[0]"},
            {"varargs", "String.format(\"%s\", 1)", "String.format(\"%s-%s\", 1, 2)"},
            {"a class literal", "String.class.getName()", "int[].class.getName()"},
            {"a generic call", "java.util.Arrays.asList(1, 2).get(0)", "java.util.Arrays.asList(1, 2, 3).get(2)"},
            {
                "a method reference",
                "java.util.Optional.of(\"a\").map(String::length).get()",
                "java.util.Optional.of(\"A\").map(String::toLowerCase).get()"
            },
            {
                "a constructor reference",
                "((java.util.function.Supplier<?>) java.util.ArrayList::new).get()",
                "((java.util.function.Supplier<?>) StringBuilder::new).get().toString()"
            },
            {
                "a lambda's body",
                "((java.util.function.IntSupplier) () -> 1).getAsInt()",
                "((java.util.function.IntSupplier) () -> 2).getAsInt()"
            },
            {
                "a lambda that captures",
                "((java.util.function.IntUnaryOperator) i -> i + 1).applyAsInt(1)",
                "((java.util.function.IntUnaryOperator) i -> i * 9).applyAsInt(1)"
            },
            {"a new call of the JDK", "1", "new java.util.concurrent.Phaser(3).getRegisteredParties()"},
            {"an interface's static method", "1", "java.util.Comparator.<String>naturalOrder().compare(\"a\", \"b\")"},
            {
                "a default method",
                "1",
                "new java.util.ArrayList<>(java.util.Arrays.asList(2)).removeIf(java.util.Objects::nonNull)"
            },
            {"a signature-polymorphic call", "1", "java.lang.invoke.MethodType.methodType(int.class).toString()"},
            {
                "a stream",
                "java.util.stream.IntStream.range(0, 4).sum()",
                "java.util.stream.IntStream.range(0, 9).max().getAsInt()"
            },
        };
        for (String[] each : pairs) {
            body(all, each[0], "return " + each[1] + ";", "return " + each[2] + ";");
        }
    }

    private static void statements(List<Behaviour> all) {
        String in = "int n = Integer.parseInt(\"3\"); ";
        String[][] pairs = {
            {
                "a loop",
                "int s = 0; for (int i = 0; i < n; i++) s += i; return s;",
                "int s = 0; while (n-- > 0) s += 5; return s;"
            },
            {
                "a loop over a list",
                "return n;",
                "int s = 0; for (int i : java.util.Arrays.asList(4, 5)) s += i; return s;"
            },
            {"a labelled break", "return n;", "out: for (;;) { for (;;) { n++; break out; } } return n;"},
            {"do while", "return n;", "do { n += 2; } while (n < 10); return n;"},
            {
                "a table switch",
                "switch (n) { case 3: return 1; default: return 0; }",
                "switch (n) { case 1: case 2: case 3: return 7; case 4: return 2; default: return 0; }"
            },
            {
                "a lookup switch",
                "switch (n) { case 3: return 1; default: return 0; }",
                "switch (n) { case 3: return 8; case 4000: return 2; default: return 0; }"
            },
            {
                "a string switch",
                "switch (\"\" + n) { case \"3\": return 1; default: return 0; }",
                "switch (\"\" + n) { case \"a\": return 1; case \"3\": return 6; default: return 0; }"
            },
            {
                "try and catch",
                "return n;",
                "try { return n / 0; } catch (ArithmeticException e) { return e.getMessage(); }"
            },
            {
                "multi-catch",
                "return n;",
                "try { throw new IllegalStateException(\"x\"); } catch (IllegalStateException | ArithmeticException e) { return e.getMessage(); }"
            },
            {"finally", "try { return n; } finally { n++; }", "try { n = 9; } finally { n++; } return n;"},
            {
                "try with resources",
                "return n;",
                "try (java.io.StringReader r = new java.io.StringReader(\"z\")) { return r.read(); } catch (java.io.IOException e) { return e; }"
            },
            {"synchronized", "return n;", "synchronized (String.class) { return n + 1; }"},
            {
                "throw",
                "return n;",
                "try { if (n > 1) throw new Exception(\"t\"); return n; } catch (Exception e) { return e.getMessage(); }"
            },
            {
                "more locals",
                "return n;",
                "long a = 1; double b = 2; float c = 3; String d = \"4\"; return a + b + c + d + n;"
            },
            {"short circuits", "return n > 1 && n > 5;", "return n > 1 || n / 0 > 5;"},
            {"compound assignment", "n += 1; return n;", "n <<= 3; n |= 1; return n;"},
            {
                "a long method",
                "return n;",
                "StringBuilder b = new StringBuilder(); " + "b.append(n).append(\"x\");".repeat(300)
                        + " return b.length();"
            },
        };
        for (String[] each : pairs) {
            body(all, each[0], in + each[1], in + each[2]);
        }
    }

    /** The sign § stands for the class's own name. */
    private static void members(List<Behaviour> all) {
        String[][] pairs = {
            {
                "a private method",
                "private static int a() { return 1; } static Object run() { return a(); }",
                "private static int a() { return 2; } static Object run() { return a(); }"
            },
            {
                "an instance method of a live object",
                "static final § LIVE = new §(); int a() { return 1; } static Object run() { return LIVE.a(); }",
                "static final § LIVE = new §(); int a() { return 2; } static Object run() { return LIVE.a(); }"
            },
            {
                "a lambda object that lives on",
                "static java.util.function.IntSupplier s; static Object run() { if (s == null) s = () -> 1; return s.getAsInt(); }",
                "static java.util.function.IntSupplier s; static Object run() { if (s == null) s = () -> 2; return s.getAsInt(); }"
            },
            {
                "an anonymous class",
                "static Object run() { return new Object() { public String toString() { return \"a\"; } }.toString(); }",
                "static Object run() { return new Object() { public String toString() { return \"b\"; } }.toString(); }"
            },
            {
                "a local class",
                "static Object run() { class L { int x() { return 1; } } return new L().x(); }",
                "static Object run() { class L { int x() { return 2; } } return new L().x(); }"
            },
            {
                "an inner class",
                "class I { int x() { return 1; } } static Object run() { return new §().new I().x(); }",
                "class I { int x() { return 2; } } static Object run() { return new §().new I().x(); }"
            },
            {
                "a nested class",
                "static class N { int x() { return 1; } } static Object run() { return new N().x(); }",
                "static class N { int x() { return 2; } } static Object run() { return new N().x(); }"
            },
            {
                "an interface's default method",
                "interface F { default int x() { return 1; } } static class G implements F {} static Object run() { return new G().x(); }",
                "interface F { default int x() { return 2; } } static class G implements F {} static Object run() { return new G().x(); }"
            },
            {
                "an interface's static method of ours",
                "interface F { static int x() { return 1; } } static Object run() { return F.x(); }",
                "interface F { static int x() { return 2; } } static Object run() { return F.x(); }"
            },
            {
                "an abstract class's method",
                "abstract static class F { int x() { return y() + 1; } abstract int y(); } static class G extends F { int y() { return 1; } } static Object run() { return new G().x(); }",
                "abstract static class F { int x() { return y() * 9; } abstract int y(); } static class G extends F { int y() { return 3; } } static Object run() { return new G().x(); }"
            },
            {
                "a call of super",
                "static class F { int x() { return 1; } } static class G extends F { int x() { return 5; } } static Object run() { return new G().x(); }",
                "static class F { int x() { return 1; } } static class G extends F { int x() { return super.x() + 7; } } static Object run() { return new G().x(); }"
            },
            {
                "a bridge",
                "static class F implements Comparable<F> { public int compareTo(F f) { return 1; } } static Object run() { Comparable<F> c = new F(); return c.compareTo(null); }",
                "static class F implements Comparable<F> { public int compareTo(F f) { return 2; } } static Object run() { Comparable<F> c = new F(); return c.compareTo(null); }"
            },
            {
                "a constructor",
                "int x; §() { x = 1; } static Object run() { return new §().x; }",
                "int x; §() { x = 2; } static Object run() { return new §().x; }"
            },
            {
                "an instance initialiser",
                "int x = 1; { x++; } static Object run() { return new §().x; }",
                "int x = 5; { x--; } static Object run() { return new §().x; }"
            },
            {
                "a synchronized method",
                "static synchronized int a() { return 1; } static Object run() { return a(); }",
                "static synchronized int a() { return 2; } static Object run() { return a(); }"
            },
            {
                "recursion",
                "static int f(int n) { return n < 2 ? 1 : n * f(n - 1); } static Object run() { return f(5); }",
                "static int f(int n) { return n < 2 ? n : f(n - 2) + f(n - 1); } static Object run() { return f(9); }"
            },
            {
                "an enum's method",
                "enum E { A; int x() { return 1; } } static Object run() { return E.A.x(); }",
                "enum E { A; int x() { return 2; } } static Object run() { return E.valueOf(\"A\").x(); }"
            },
            {
                "a private member of a nested class",
                "static class N { private int x = 4; } static Object run() { return 1 + new N().x; }",
                "static class N { private int x = 4; } static Object run() { return 3 * new N().x; }"
            },
            {
                "a catch of an exception of ours",
                "static class X extends RuntimeException { int c() { return 1; } } static Object run() { try { throw new X(); } catch (X x) { return x.c(); } }",
                "static class X extends RuntimeException { int c() { return 2; } } static Object run() { try { throw new X(); } catch (X x) { return x.c(); } }"
            },
            {
                "a native call by reflection",
                "static int r() { return 1; } static Object run() throws Exception { return §.class.getDeclaredMethod(\"r\").invoke(null); }",
                "static int r() { return 2; } static Object run() throws Exception { return §.class.getDeclaredMethod(\"r\").invoke(null); }"
            },
        };
        for (String[] each : pairs) {
            all.add(new Behaviour(each[0], 8, false, each[1], each[2]));
        }
    }

    private static void later(List<Behaviour> all) {
        run(
                all,
                17,
                "a switch expression",
                "int n = 3; return switch (n) { case 3 -> 1; default -> 0; };",
                "int n = 3; return switch (n) { case 1, 3 -> { int k = n * 2; yield k; } default -> 0; };");
        run(
                all,
                17,
                "a pattern",
                "Object o = \"a\"; return o instanceof String s ? s : 1;",
                "Object o = \"a\"; return o instanceof String s && s.length() == 1 ? s + s : 1;");
        run(all, 17, "a text block", "return 1;", "return \"\"\"\n  a\n  b\"\"\";");
        run(all, 17, "var", "return 1;", "var l = java.util.List.of(1, 2); return l.size();");
        all.add(new Behaviour(
                "a record's method",
                17,
                false,
                "record R(int a) { int x() { return a; } } static Object run() { return new R(3).x(); }",
                "record R(int a) { int x() { return -a; } } static Object run() { return new R(3).x(); }"));
        all.add(new Behaviour(
                "a record's compact constructor",
                17,
                false,
                "record R(int a) { R { a = a + 1; } } static Object run() { return new R(3); }",
                "record R(int a) { R { a = a * 5; } } static Object run() { return new R(3); }"));
        String sealed =
                "sealed interface S permits A, B {} record A(int a) implements S {} record B(S s) implements S {} ";
        all.add(new Behaviour(
                "a record pattern",
                21,
                false,
                sealed + "static Object run() { S s = new B(new A(4)); return s instanceof B ? 1 : 2; }",
                sealed + "static Object run() { S s = new B(new A(4)); return s instanceof B(A(int i)) ? i : 2; }"));
        all.add(
                new Behaviour(
                        "a switch over patterns",
                        21,
                        false,
                        sealed + "static Object run() { S s = new A(4); return 1; }",
                        sealed
                                + "static Object run() { S s = new A(4); return switch (s) { case A(int i) when i > 3 -> i; case A a -> 0; case B b -> 2; }; }"));
    }

    private static void stale(List<Behaviour> all) {
        all.add(new Behaviour(
                "a static initialiser",
                8,
                true,
                "static int x = Integer.parseInt(\"1\"); static Object run() { return x; }",
                "static int x = Integer.parseInt(\"2\"); static Object run() { return x; }"));
        all.add(new Behaviour(
                "a static block",
                8,
                true,
                "static int x; static { x = 1; } static Object run() { return x; }",
                "static int x; static { x = 1; x++; } static Object run() { return x; }"));
        all.add(new Behaviour(
                "an enum constant's argument",
                8,
                true,
                "enum E { A(1); final int i; E(int i) { this.i = i; } } static Object run() { return E.A.i; }",
                "enum E { A(2); final int i; E(int i) { this.i = i; } } static Object run() { return E.A.i; }"));
        all.add(
                new Behaviour(
                        "a constant read by reflection",
                        8,
                        true,
                        "static final int X = 1; static Object run() throws Exception { return §.class.getDeclaredField(\"X\").get(null); }",
                        "static final int X = 2; static Object run() throws Exception { return §.class.getDeclaredField(\"X\").get(null); }"));
        all.add(new Behaviour(
                "a constant that the class has a copy of",
                8,
                false,
                "static final int X = 1; static Object run() { return X; }",
                "static final int X = 2; static Object run() { return X; }"));
    }

    private static void body(List<Behaviour> all, String name, String before, String after) {
        run(all, 8, name, before, after);
    }

    private static void run(List<Behaviour> all, int release, String name, String before, String after) {
        all.add(new Behaviour(name, release, false, RUN.replace("%s", before), RUN.replace("%s", after)));
    }
}
