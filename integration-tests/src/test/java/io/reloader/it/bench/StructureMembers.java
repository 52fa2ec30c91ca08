// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/** com.acme.Members as it starts, and with members added: pairs of loops that do the same to native and added ones. */
final class StructureMembers {

    /** What is compared, as an expression of the loop's counter {@code k}; in a class of two versions. */
    private record Pair(String name, String natively, String added) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair("call a static method", "nativeStatic(k)", "addedStatic(k)"),
            new Pair("call an instance method", "all[k & 1023].nativeMethod(k)", "all[k & 1023].addedMethod(k)"),
            new Pair("call a private method", "all[k & 1023].nativePrivate(k)", "all[k & 1023].addedPrivate(k)"),
            new Pair("read a static field", "k * nativeStatic", "k * addedStatic"),
            new Pair("add to a static field", "(nativeStatic += k)", "(addedStatic += k)"),
            new Pair("read an instance field", "all[k & 1023].nativeField", "all[k & 1023].addedField"),
            new Pair("write an instance field", "(all[k & 1023].nativeField = k)", "(all[k & 1023].addedField = k)"));

    private static final String ADDED = """
            static int addedStatic = 3;
            int addedField;
            static int addedStatic(int k) { return k ^ 5; }
            int addedMethod(int k) { return k ^ nativeField; }
            private int addedPrivate(int k) { return k + nativeField; }
            """;

    private static final String MEMBERS = """
            package com.acme;
            public class Members {
                private static final Members[] all = new Members[1024];
                static { java.util.Arrays.setAll(all, Members::new); }
                static int nativeStatic = 3;
                int nativeField;
                Members(int k) { nativeField = k; }
                static int nativeStatic(int k) { return k ^ 5; }
                int nativeMethod(int k) { return k ^ nativeField; }
                private int nativePrivate(int k) { return k + nativeField; }
                public static int version() { return %d; }
            %s
            }
            """;

    private StructureMembers() {}

    static List<String> names() {
        return PAIRS.stream().map(Pair::name).toList();
    }

    /** {@code version}: 1, or 2 with what is added. */
    static void compile(Path out, int version) throws IOException {
        StringBuilder more = new StringBuilder(version == 1 ? "" : ADDED);
        for (int i = 0; i < PAIRS.size(); i++) {
            more.append(loop("native" + i, PAIRS.get(i).natively()));
            more.append(loop("added" + i, version == 1 ? "0" : PAIRS.get(i).added()));
        }
        Path source = Files.createDirectories(out).resolve("Members.java");
        Files.writeString(source, MEMBERS.formatted(version, more));
        if (ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", out.toString(), "-proc:none", source.toString())
                != 0) {
            throw new IOException("javac failed");
        }
    }

    private static String loop(String name, String expression) {
        return "public static long " + name + "(int n) { long sum = 0; for (int k = 0; k < n; k++) { sum += "
                + expression + "; } return sum; }\n";
    }
}
