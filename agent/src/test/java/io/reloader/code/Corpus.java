// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static io.reloader.code.Corpus.Verdict.BODY;
import static io.reloader.code.Corpus.Verdict.RESTART;
import static io.reloader.code.Corpus.Verdict.SAME;
import static io.reloader.code.Corpus.Verdict.TRAP;

import java.util.List;

/** Pairs of versions of a program in package com.acme and what a reload from one to the other is. */
final class Corpus {
    private Corpus() {}

    enum Verdict {
        /** No difference. */
        SAME,
        /** Taken up, and HotSpot takes it. */
        BODY,
        /** Refused, and HotSpot rejects it. */
        RESTART,
        /** Refused, though HotSpot takes it. */
        TRAP
    }

    /**
     * One pair.
     *
     * @param says a part of one of the differences' lines
     */
    record Pair(String name, Verdict verdict, String before, String after, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Pair> PAIRS = List.of(
            pair("nothing", SAME, "class T { int a() { return 1; } }", "class T { int a() { return 1; } }", ""),
            body("a method's body", "int a() { return 1; }", "int a() { return 2; }", ""),
            body("a constructor's body", "int x; T() { x = 1; }", "int x; T() { x = 2; }", ""),
            body("a line number", "int a() { return 1; }", "\nint a() { return 1; }", ""),
            pair(
                    "the order of methods",
                    SAME,
                    "class T { void a() {} void b() {} }",
                    "class T { void b() {} void a() {} }",
                    ""),
            body("throws", "void a() {}", "void a() throws Exception {}", ""),
            body("an annotation", "void a() {}", "@Deprecated void a() {}", ""),
            body(
                    "string concatenation",
                    "String a(int i) { return null; }",
                    "String a(int i) { return \"a\" + i; }",
                    ""),
            body(
                    "a string switch",
                    "int a(String s) { return 0; }",
                    "int a(String s) { switch (s) { case \"x\": return 1; default: return 2; } }",
                    ""),
            body(
                    "a method reference",
                    "Runnable a() { return null; } static void m() {}",
                    "Runnable a() { return T::m; } static void m() {}",
                    ""),
            body(
                    "a lambda's body",
                    "Runnable a() { return () -> System.gc(); }",
                    "Runnable a() { return () -> System.runFinalization(); }",
                    ""),
            body(
                    "a generic signature",
                    "void a(java.util.List<String> l) {}",
                    "void a(java.util.List<Integer> l) {}",
                    ""),
            body(
                    "try with resources",
                    "void a() {}",
                    "void a() throws Exception { try (var in = new java.io.StringReader(\"\")) { in.read(); } }",
                    ""),
            body("an instance field's initialiser", "int x = 1;", "int x = 2;", ""),
            body(
                    "a static initialiser",
                    "static int x = Integer.parseInt(\"1\");",
                    "static int x = Integer.parseInt(\"2\");",
                    "com.acme.T's static initialiser changed; it has already run"),
            body(
                    "a constant",
                    "static final int X = 1;",
                    "static final int X = 2;",
                    "com.acme.T.X has another constant value (2 in place of 1)"),
            body(
                    "an enum's argument",
                    "enum E { A(1); E(int i) {} }",
                    "enum E { A(2); E(int i) {} }",
                    "com.acme.T$E's static initialiser changed"),
            body(
                    "a nested class's body",
                    "static class N { int a() { return 1; } }",
                    "static class N { int a() { return 2; } }",
                    ""),
            body(
                    "a nested class's private use",
                    "static class N { private int a; } int b(N n) { return 0; }",
                    "static class N { private int a; } int b(N n) { return n.a; }",
                    ""),
            pair(
                    "a class's signature",
                    BODY,
                    "abstract class T implements Comparable<String> {}",
                    "abstract class T implements Comparable<Integer> {}",
                    ""),
            pair(
                    "a record's method",
                    BODY,
                    "record T(int a) { int b() { return 1; } }",
                    "record T(int a) { int b() { return 2; } }",
                    ""),
            pair(
                    "an interface's default method",
                    BODY,
                    "interface T { default int a() { return 1; } }",
                    "interface T { default int a() { return 2; } }",
                    ""),
            pair("a class annotation", BODY, "class T {}", "@Deprecated class T {}", ""),
            restart(
                    "a method added",
                    "",
                    "void a(int i, String s) {}",
                    "com.acme.T.a(int, java.lang.String) was added; a running JVM cannot add or remove methods; restart the process"),
            restart("a private static method added", "", "private static void a() {}", "com.acme.T.a() was added"),
            restart("a method removed", "void a() {}", "", "com.acme.T.a() was removed"),
            restart(
                    "a parameter changed",
                    "int a(int i) { return 0; }",
                    "int a(long i) { return 0; }",
                    "com.acme.T.a(int) is now int a(long)"),
            restart(
                    "a return type changed",
                    "int a() { return 0; }",
                    "long a() { return 0; }",
                    "com.acme.T.a() is now long a()"),
            restart(
                    "a method's visibility",
                    "void a() {}",
                    "public void a() {}",
                    "com.acme.T.a() changes its modifiers from none to public"),
            restart(
                    "a method made synchronized",
                    "void a() {}",
                    "synchronized void a() {}",
                    "from none to synchronized"),
            restart("a method made final", "void a() {}", "final void a() {}", "from none to final"),
            restart("a method made static", "void a() {}", "static void a() {}", "from none to static"),
            restart(
                    "varargs",
                    "void a(int[] i) {}",
                    "void a(int... i) {}",
                    "com.acme.T.a(int[]) changes its modifiers"),
            restart("a constructor added", "T() {}", "T() {} T(int i) {}", "com.acme.T(int) was added"),
            restart("a constructor removed", "T() {} T(int i) {}", "T() {}", "com.acme.T(int) was removed"),
            restart("a field added", "", "int count;", "com.acme.T.count was added"),
            restart("a static field added", "", "static int count;", "com.acme.T.count was added"),
            restart("a field removed", "int count;", "", "com.acme.T.count was removed"),
            restart("a field retyped", "int count;", "long count;", "com.acme.T.count is now long in place of int"),
            restart(
                    "a field's modifier",
                    "int count;",
                    "private int count;",
                    "com.acme.T.count changes its modifiers from none to private"),
            restart("a field made volatile", "int count;", "volatile int count;", "from none to volatile"),
            restart(
                    "the order of fields",
                    "int a; int b;",
                    "int b; int a;",
                    "com.acme.T has its fields in another order"),
            restart(
                    "an assertion",
                    "void a(int i) {}",
                    "void a(int i) { assert i > 0; }",
                    "com.acme.T.$assertionsDisabled was added"),
            restart(
                    "a static initialiser added",
                    "static int x;",
                    "static int x = Integer.parseInt(\"1\");",
                    "com.acme.T's static initialiser was added; a static initialiser is a method"),
            restart(
                    "a static initialiser removed",
                    "static int x = Integer.parseInt(\"1\");",
                    "static int x;",
                    "com.acme.T's static initialiser was removed"),
            restart(
                    "a lambda added",
                    "Runnable a() { return null; }",
                    "Runnable a() { return () -> {}; }",
                    "com.acme.T.lambda$a$0() was added; a lambda is a method"),
            restart(
                    "a lambda removed",
                    "Runnable a() { return () -> {}; }",
                    "Runnable a() { return null; }",
                    "com.acme.T.lambda$a$0() was removed"),
            restart(
                    "a variable captured",
                    "Runnable a(int i) { return () -> {}; }",
                    "Runnable a(int i) { return () -> System.exit(i); }",
                    "com.acme.T.lambda$a$0() is now void lambda$a$0(int)"),
            restart(
                    "a nested class added",
                    "",
                    "static class N {}",
                    "com.acme.T changes its nested classes from nothing to com.acme.T$N"),
            restart(
                    "a nested class removed",
                    "static class M {} static class N {}",
                    "static class M {}",
                    "com.acme.T changes its nested classes"),
            body(
                    "the order of nested classes",
                    "static class M {} static class N {}",
                    "static class N {} static class M {}",
                    ""),
            restart(
                    "an anonymous class added",
                    "Object a() { return null; }",
                    "Object a() { return new Object() {}; }",
                    "com.acme.T changes its nested classes"),
            restart("an enum constant added", "enum E { A }", "enum E { A, B }", "com.acme.T$E.B was added"),
            restart(
                    "a switch over an enum added",
                    "int a(Thread.State s) { return 0; }",
                    "int a(Thread.State s) { switch (s) { case NEW: return 1; default: return 2; } }",
                    "com.acme.T changes its nested classes"),
            pair(
                    "a superclass",
                    RESTART,
                    "class T {}",
                    "class T extends Thread {}",
                    "com.acme.T drops its superclass java.lang.Object for java.lang.Thread; a running JVM cannot change a class's supertypes"),
            pair(
                    "an interface added",
                    RESTART,
                    "class T {}",
                    "class T implements java.io.Serializable {}",
                    "com.acme.T implements java.io.Serializable in place of nothing"),
            pair(
                    "an interface removed",
                    RESTART,
                    "class T implements Cloneable {}",
                    "class T {}",
                    "com.acme.T implements nothing in place of java.lang.Cloneable"),
            pair(
                    "the order of interfaces",
                    RESTART,
                    "class T implements Cloneable, java.io.Serializable {}",
                    "class T implements java.io.Serializable, Cloneable {}",
                    "in place of java.lang.Cloneable, java.io.Serializable"),
            pair(
                    "a class made public",
                    RESTART,
                    "class T {}",
                    "public class T {}",
                    "com.acme.T changes its modifiers from none to public"),
            pair("a class made final", RESTART, "class T {}", "final class T {}", "from none to final"),
            pair("a class made abstract", RESTART, "class T {}", "abstract class T {}", "from none to abstract"),
            pair(
                    "a class made an interface",
                    RESTART,
                    "abstract class T {}",
                    "interface T {}",
                    "com.acme.T changes its modifiers"),
            pair(
                    "a record component added",
                    RESTART,
                    "record T(int a) {}",
                    "record T(int a, int b) {}",
                    "com.acme.T changes its record components from [int a] to [int a, int b]"),
            pair(
                    "a record component's type argument",
                    RESTART,
                    "record T(java.util.List<String> a) {}",
                    "record T(java.util.List<Integer> a) {}",
                    "com.acme.T changes its record components"),
            pair(
                    "a permitted subclass",
                    RESTART,
                    "sealed class T permits A {} final class A extends T {}",
                    "sealed class T permits A, B {} final class A extends T {} final class B extends T {}",
                    "com.acme.T changes its permitted subclasses from com.acme.A to com.acme.A, com.acme.B"),
            pair(
                    "the order of permitted subclasses",
                    BODY,
                    "sealed class T permits A, B {} final class A extends T {} final class B extends T {}",
                    "sealed class T permits B, A {} final class A extends T {} final class B extends T {}",
                    ""),
            pair(
                    "a case of a switch over an enum added",
                    TRAP,
                    "class T { int a(Thread.State s) { switch (s) { case NEW: return 1; default: return 3; } } }",
                    "class T { int a(Thread.State s) { switch (s) { case BLOCKED: return 2; case NEW: return 1;"
                            + " default: return 3; } } }",
                    "com.acme.T$1 numbers the cases of a switch over an enum anew; a switch would go by the table"),
            pair(
                    "two lambdas swapped",
                    TRAP,
                    swapped("() -> System.gc()", "() -> System.runFinalization()"),
                    swapped("() -> System.runFinalization()", "() -> System.gc()"),
                    "has the body of another lambda of the class: javac numbered them anew; live objects would run another's body; restart"),
            pair(
                    "two anonymous classes swapped",
                    TRAP,
                    swapped(anonymous(1), anonymous(2)),
                    swapped(anonymous(2), anonymous(1)),
                    "com.acme.T$1 has the body of another anonymous class"));

    private static String swapped(String one, String two) {
        return "class T { void t() { Runnable a = " + one + "; Runnable b = " + two + "; } }";
    }

    private static String anonymous(int number) {
        return "new Runnable() { public void run() { System.out.println(" + number + "); } }";
    }

    private static Pair body(String name, String before, String after, String says) {
        return pair(name, BODY, "class T { " + before + " }", "class T { " + after + " }", says);
    }

    private static Pair restart(String name, String before, String after, String says) {
        return pair(name, RESTART, "class T { " + before + " }", "class T { " + after + " }", says);
    }

    private static Pair pair(String name, Verdict verdict, String before, String after, String says) {
        return new Pair(name, verdict, before, after, says);
    }
}
