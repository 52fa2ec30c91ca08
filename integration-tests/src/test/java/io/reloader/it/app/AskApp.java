// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Knows classes by name only, and is told over its standard input what to do: {@code open LOADER PATH...} makes a class
 * loader, {@code ask LOADER TYPE} answers with the type's {@code word()}, {@code read LOADER RESOURCE} with a resource.
 * The loader of its own class is {@code app}.
 */
public final class AskApp {
    private static final Map<String, ClassLoader> LOADERS = new HashMap<>();

    private AskApp() {}

    public static void main(String[] args) throws IOException {
        LOADERS.put("app", AskApp.class.getClassLoader());
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            System.out.println("answer " + (words[0].equals("open") ? open(words) : told(words)));
        }
    }

    private static String open(String[] words) throws IOException {
        URL[] urls = new URL[words.length - 2];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = Path.of(words[i + 2]).toUri().toURL();
        }
        LOADERS.put(words[1], new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
        return "opened";
    }

    private static String told(String[] words) throws IOException {
        ClassLoader loader = LOADERS.get(words[1]);
        if (words[0].equals("read")) {
            try (InputStream in = loader.getResourceAsStream(words[2])) {
                return in == null ? "none" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        try {
            return (String)
                    Class.forName(words[2], true, loader).getMethod("word").invoke(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return e.toString();
        }
    }
}
