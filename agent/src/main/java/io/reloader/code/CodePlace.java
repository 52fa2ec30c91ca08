// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a code source's URL points: {@code file:/classes/}, {@code file:/a.jar}, {@code jar:file:/a.jar!/}, Spring
 * Boot's {@code jar:nested:/app.jar/!BOOT-INF/lib/a.jar!/} and, before 3.2,
 * {@code jar:file:/app.jar!/BOOT-INF/classes!/}, Tomcat's {@code jar:war:file:/app.war*}{@code /WEB-INF/lib/a.jar!/}.
 *
 * @param inside a folder or jar within the jar, without a slash at its end; empty for all of it
 */
record CodePlace(Path path, String inside) {

    /** Null unless it is a file or directory, or at most one level within a file. */
    static @Nullable CodePlace of(URL url) {
        return holding(url, "");
    }

    /** Of which a class loader has found this resource. */
    static @Nullable CodePlace holding(URL url, String resource) {
        String text = url.getFile();
        if (!text.endsWith(resource)) {
            return null;
        }
        String root = text.substring(0, text.length() - resource.length());
        try {
            return switch (url.getProtocol()) {
                case "file" -> new CodePlace(Path.of(URI.create("file:" + root)), "");
                case "jar", "war" -> within(root);
                default -> null;
            };
        } catch (Exception e) {
            // A space that is not encoded, a host name: class loaders have been seen to make both.
            return null;
        }
    }

    @Override
    public String toString() {
        return inside.isEmpty() ? path.toString() : path + "!/" + inside;
    }

    /** Tomcat gives the classes of a packed WAR the WAR itself; a WAR on the class path has classes of its own. */
    CodePlace inWar() {
        return inside.isEmpty() && path.toString().endsWith(".war") && Files.isRegularFile(path)
                ? new CodePlace(path, "WEB-INF/classes")
                : this;
    }

    private static @Nullable CodePlace within(String text) {
        String rest = text.startsWith("war:") ? text.substring("war:".length()) : text;
        if (rest.startsWith("nested:")) {
            int end = rest.indexOf("/!");
            return end < 0 ? null : split("file:" + rest.substring("nested:".length(), end), rest.substring(end + 2));
        }
        int star = rest.indexOf("*/");
        int end = star < 0 ? rest.indexOf("!/") : star;
        return end < 0 || !rest.startsWith("file:") ? null : split(rest.substring(0, end), rest.substring(end + 2));
    }

    private static @Nullable CodePlace split(String file, String inside) {
        String bare = inside;
        while (bare.endsWith("/") || bare.endsWith("!")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        if (bare.contains("!")) {
            return null;
        }
        return new CodePlace(
                Path.of(URI.create(file)), URI.create("file:/" + bare).getPath().substring(1));
    }
}
