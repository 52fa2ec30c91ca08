// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

/** One way in which two versions of a class differ. */
sealed interface Difference {

    /** Internal name of the class. */
    String type();

    /** The class or member in full, in the programmer's words. */
    String member();

    /** What running code takes up: a body, a line number, an annotation. */
    record Body(String type, String member) implements Difference {}

    /** What the JVM accepts and never runs. */
    record Stale(String type, String member, String fact, String remedy) implements Difference {
        String line() {
            return member + " " + fact + ": " + remedy;
        }
    }

    /** What the JVM rejects, or what would run wrong code. */
    record Blocked(String type, String member, String fact, Rule rule) implements Difference {
        String line() {
            return member + " " + fact + "; " + rule.words() + "; restart the process";
        }
    }
}
