// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Two versions of the same classes, their sources, and the jar of the bare agent, all in one folder. */
final class SwapClasses {
    static final int CHANGED = 50;
    private static final int METHODS = 24;

    private final Path folder;

    SwapClasses(Path folder) throws IOException {
        this.folder = folder;
        build();
    }

    Path folder() {
        return folder;
    }

    Path bareAgent() {
        return folder.resolve("bare.jar");
    }

    private void build() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", SwapHost.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (OutputStream out = Files.newOutputStream(folder.resolve("bare.jar"))) {
            new JarOutputStream(out, manifest).close();
        }
        for (int version = 0; version < 2; version++) {
            List<String> sources = new ArrayList<>();
            for (int i = 0; i < CHANGED; i++) {
                sources.add(write("C" + i, changed(i, version)));
            }
            Path out = Files.createDirectories(folder.resolve("v" + version));
            List<String> options = new ArrayList<>(List.of("-d", out.toString(), "-proc:none"));
            options.addAll(sources);
            if (ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new)) != 0) {
                throw new IOException("javac failed");
            }
        }
    }

    private String write(String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), source).toString();
    }

    private static String changed(int number, int version) {
        StringBuilder source = new StringBuilder("package com.acme; public class C" + number
                + " implements Runnable { int n; public void run() { n = m0(n, \"\"); }");
        for (int i = 0; i < METHODS; i++) {
            source.append(" int m")
                    .append(i)
                    .append("(int x, String s) { int y = x + ")
                    .append(i * 2 + version);
            source.append("; for (int i = 0; i < 3; i++) { if ((y & 1) == 0) { y += i * x; }");
            source.append(" else if (s.length() > 3) { y -= s.indexOf(\"v")
                    .append(version)
                    .append("\"); } }");
            source.append(i + 1 < METHODS ? " return m" + (i + 1) + "(y, s); }" : " return y; }");
        }
        return source + " }";
    }

    void deploy(int version, Path classes) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("v" + version).resolve("com/acme"))) {
            for (Path file : files.toList()) {
                Path target = classes.resolve("com/acme").resolve(file.getFileName());
                Files.createDirectories(target.getParent());
                Path beside = Files.copy(file, folder.resolve("beside"), StandardCopyOption.REPLACE_EXISTING);
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
