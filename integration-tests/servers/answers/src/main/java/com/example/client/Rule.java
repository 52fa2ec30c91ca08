// SPDX-License-Identifier: Apache-2.0
package com.example.client;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer must be like to a request that begins from now on.
 *
 * @param version the least version of the greeting
 * @param retired threads that must not serve any more
 */
record Rule(int version, Set<Long> retired) {
    private static final Pattern ANSWER =
            Pattern.compile("version=(\\d+) interrupted=(true|false) id=(\\d+) name=.*\\n?");

    /** What is wrong with an answer, if anything. */
    Optional<String> broken(String answer) {
        Matcher matcher = ANSWER.matcher(answer);
        if (!matcher.matches()) {
            return Optional.of("not the expected answer: " + answer);
        }
        if (Integer.parseInt(matcher.group(1)) < version) {
            return Optional.of("older than version " + version + ": " + answer);
        }
        if (matcher.group(2).equals("true")) {
            return Optional.of("an interrupt was seen: " + answer);
        }
        if (retired.contains(Long.valueOf(matcher.group(3)))) {
            return Optional.of("served by a retired thread: " + answer);
        }
        return Optional.empty();
    }
}
