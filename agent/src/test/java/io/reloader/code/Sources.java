// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles Java in memory and lays it out as directories and jars. */
final class Sources {
    private Sources() {}

    /** Class files by internal name. The source may hold several classes; it is in package com.acme. */
    static Map<String, byte[]> compile(String source, String... options) {
        return compile(Map.of("com/acme/Source", "package com.acme;\n" + source), options);
    }

    /** The same of several sources, by the name of each. */
    static Map<String, byte[]> compile(Map<String, String> sources, String... options) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        Map<String, byte[]> out = new TreeMap<>();
        List<String> all = new ArrayList<>(List.of("-g", "-proc:none", "-Xlint:none"));
        all.addAll(List.of(options));
        JavaFileManager files = new InMemory(compiler.getStandardFileManager(said, null, null), out);
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(new Text(name, text)));
        boolean compiled = compiler.getTask(null, files, said, all, null, units).call();
        assertThat(compiled).as("%s%n%s", said.getDiagnostics(), sources).isTrue();
        return out;
    }

    static byte[] of(Map<String, byte[]> classes, String simpleName) {
        return Objects.requireNonNull(classes.get("com/acme/" + simpleName));
    }

    static void directory(Path directory, Map<String, byte[]> classes) throws IOException {
        for (var each : classes.entrySet()) {
            Path file = directory.resolve(each.getKey() + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
    }

    static void jar(Path jar, Map<String, byte[]> entries) throws IOException {
        Path beside = jar.resolveSibling(jar.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(beside)) {
            writeJar(out, entries);
        }
        Files.move(beside, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static void writeJar(OutputStream out, Map<String, byte[]> entries) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(out)) {
            if (entries.containsKey("META-INF/MANIFEST.MF")) {
                entry(jar, "META-INF/MANIFEST.MF", entries.get("META-INF/MANIFEST.MF"));
            }
            for (var each : entries.entrySet()) {
                if (!each.getKey().equals("META-INF/MANIFEST.MF")) {
                    entry(jar, each.getKey() + ".class", each.getValue());
                }
            }
        }
    }

    private static void entry(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, byte[]> out;

        InMemory(JavaFileManager files, Map<String, byte[]> out) {
            super(files);
            this.out = out;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            out.put(name.replace('.', '/'), toByteArray());
                        }
                    };
                }
            };
        }
    }
}
