// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;

/** A pattern in which {@code *} stands for any characters; matches the whole text, whatever its case. */
public record Glob(String pattern) {

    public static List<Glob> all(List<String> patterns) {
        List<Glob> globs = new ArrayList<>();
        for (String pattern : patterns) {
            globs.add(new Glob(pattern));
        }
        return List.copyOf(globs);
    }

    public boolean matches(String text) {
        int p = 0;
        int t = 0;
        // Where to resume when what follows the last star did not fit; only the last star needs a second try.
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && same(pattern.charAt(p), text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean same(char a, char b) {
        return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
