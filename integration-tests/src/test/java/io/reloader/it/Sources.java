// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles Java sources as a developer would, into a directory that is then deployed. */
final class Sources {
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|enum|record) (\\w+)");

    private Sources() {}

    /** Compiles for Java 17 against a class path; the class files lie in {@code out} afterwards. */
    static void compile(Path out, String classPath, String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<Text> units = Stream.of(sources).map(Text::new).toList();
        List<String> options =
                List.of("--release", "17", "-d", create(out).toString(), "-cp", classPath, "-proc:none", "-nowarn");
        if (!compiler.getTask(said, null, null, options, null, units).call()) {
            throw new AssertionError("javac: " + said);
        }
    }

    /** Puts every file of one directory into another by rename, as a careful deployment does. */
    static void deploy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Path beside = target.resolveSibling(target.getFileName() + ".new");
                Files.copy(file, beside, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                Files.move(beside, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path create(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where javac looks for such a source. */
    private static String path(String source) {
        Matcher place = PACKAGE.matcher(source);
        Matcher type = TYPE.matcher(source);
        String folder = place.find() ? place.group(1).replace('.', '/') + "/" : "";
        return folder + (type.find() ? type.group(1) : "module-info") + JavaFileObject.Kind.SOURCE.extension;
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String source;

        Text(String source) {
            super(URI.create("string:///" + path(source)), JavaFileObject.Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
