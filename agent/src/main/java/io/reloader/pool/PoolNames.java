// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names pools after their threads: the commonest thread name without its counter. One object names one list of pools. */
final class PoolNames {
    private static final String DEFAULT_FACTORY = "-thread";

    private final Map<String, Integer> taken = new HashMap<>();

    /** A name that this object has not given before. */
    String name(List<Thread> threads) {
        Map<String, Integer> stems = new LinkedHashMap<>();
        String name = "";
        for (Thread thread : threads) {
            String stem = stem(thread.getName());
            int count = stems.merge(stem, 1, Integer::sum);
            if (name.isEmpty() || count > stems.getOrDefault(name, 0)) {
                name = stem;
            }
        }
        if (name.isEmpty()) {
            // Nobody names virtual threads.
            name = "unnamed";
        }
        int number = taken.merge(name, 1, Integer::sum);
        return number == 1 ? name : name + " #" + number;
    }

    static String stem(String thread) {
        int end = thread.length();
        while (end > 0 && Character.isDigit(thread.charAt(end - 1))) {
            end--;
        }
        if (end == thread.length()) {
            return thread;
        }
        while (end > 0 && !Character.isLetterOrDigit(thread.charAt(end - 1))) {
            end--;
        }
        if (end == 0) {
            return thread;
        }
        String stem = thread.substring(0, end);
        return stem.endsWith(DEFAULT_FACTORY) && stem.length() > DEFAULT_FACTORY.length()
                ? stem.substring(0, stem.length() - DEFAULT_FACTORY.length())
                : stem;
    }
}
