// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/** A line that a client has sent: {@code reload workers progress}. */
record Request(Verb verb, Set<Word> words) {
    private static final int SHOWN = 40;

    /** What can be asked. */
    enum Verb {
        STATUS("state, pools, workers, last verdicts"),
        POOLS("each pool and what its workers do"),
        CLASSES("the classes that do not run what they were loaded with"),
        CHECK("what a reload would do, class by class"),
        RELOAD("take up changed classes and roll pools"),
        ROLLBACK("put back what the last reload that changed a class replaced"),
        STOP("finish what is in flight, then exit; a second one exits at once"),
        HELP("this");

        final String doc;

        Verb(String doc) {
            this.doc = doc;
        }

        List<Word> words() {
            return switch (this) {
                case STATUS, POOLS, CLASSES, CHECK -> List.of(Word.JSON);
                case RELOAD -> List.of(Word.WORKERS, Word.TASKS, Word.ALL, Word.NOWAIT, Word.PROGRESS);
                case ROLLBACK -> List.of(Word.NOWAIT, Word.PROGRESS);
                case STOP -> List.of(Word.NOWAIT);
                case HELP -> List.of();
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What can be added to it. */
    enum Word {
        JSON,
        WORKERS,
        TASKS,
        ALL,
        NOWAIT,
        PROGRESS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean has(Word word) {
        return words.contains(word);
    }

    /** @throws IllegalArgumentException whose message is one line for the client */
    static Request parse(String line) {
        String[] parts = line.strip().split("\\s+", -1);
        Verb verb = verb(parts[0]);
        Set<Word> words = EnumSet.noneOf(Word.class);
        for (int i = 1; i < parts.length; i++) {
            if (!words.add(word(verb, parts[i]))) {
                throw new IllegalArgumentException("\"" + shown(parts[i]) + "\" is there twice; say it once");
            }
        }
        if (Set.of(Word.WORKERS, Word.TASKS, Word.ALL).stream()
                        .filter(words::contains)
                        .count()
                > 1) {
            throw new IllegalArgumentException("workers, tasks and all exclude each other; say one of them");
        }
        return new Request(verb, words);
    }

    private static Verb verb(String text) {
        for (Verb verb : Verb.values()) {
            if (verb.word().equals(text)) {
                return verb;
            }
        }
        StringJoiner verbs = new StringJoiner(", ");
        for (Verb verb : Verb.values()) {
            verbs.add(verb.word());
        }
        throw new IllegalArgumentException("\"" + shown(text) + "\" is no command; a line begins with one of " + verbs);
    }

    private static Word word(Verb verb, String text) {
        StringJoiner words = new StringJoiner(", ");
        for (Word word : verb.words()) {
            if (word.word().equals(text)) {
                return word;
            }
            words.add(word.word());
        }
        throw new IllegalArgumentException("\"" + shown(text) + "\" means nothing to " + verb.word() + "; "
                + (verb.words().isEmpty() ? "it stands alone" : "it takes " + words));
    }

    private static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "...";
    }
}
