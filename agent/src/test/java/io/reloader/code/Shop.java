// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/** A class directory that is built again and again. */
final class Shop {
    static final String CART = "public class Cart { public static int total() { return %d; }"
            + " public static int rate() { return Tax.rate(); } }"
            + " class Tax { static int rate() { return %d; } }";

    private final Path home;
    private int builds;

    Shop(Path home) {
        this.home = home;
    }

    static Map<String, byte[]> cart(int total, int rate) {
        return Sources.compile(CART.formatted(total, rate));
    }

    /** Each build has a time of modification of its own, long ago. */
    void write(Map<String, byte[]> classes) throws IOException {
        Sources.directory(home, classes);
        for (String name : classes.keySet()) {
            stamp(home.resolve(name + ".class"));
        }
    }

    void stamp(Path file) throws IOException {
        builds++;
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 600_000 + builds));
    }
}
