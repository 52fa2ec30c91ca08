// SPDX-License-Identifier: Apache-2.0
package io.reloader.options;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What an option's value may be. Each type knows its rule and turns text into a value. */
enum Type {
    TEXT("any text"),
    SWITCH("true or false"),
    SIGNAL("a signal's name without SIG, such as TERM, USR1 or HUP, or none"),
    PATTERNS("names with * for any characters, separated by :, such as http-*:api"),
    READY("agent, port:NUMBER, log:REGEX or file:PATH"),
    PLACE("auto, none or a directory of the process's user with mode 0700, written in full"),
    COUNT("a whole number from 1 to 1000"),
    FEW("a whole number from 0 to 100"),
    UMASK("keep, or an octal number such as 027"),
    TIMEOUT("wait or interrupt"),
    HOOKS("CLASS::METHOD, a static method such as com.acme.Hooks::ready; several joined by +"),
    AFTER(
            "CLASS::METHOD, reloader:introspector-caches, reloader:spring-caches or reloader:jackson-caches; several joined by +"),
    DURATION("a number and ms, s, m or h, such as 500ms or 30s, at most 24h");

    private static final List<String> CACHES =
            List.of("reloader:introspector-caches", "reloader:spring-caches", "reloader:jackson-caches");
    private static final long LONGEST_MILLIS = 24 * 3600 * 1000L;

    private final String rule;

    Type(String rule) {
        this.rule = rule;
    }

    String rule() {
        return rule;
    }

    boolean allows(String value) {
        return switch (this) {
            case TEXT, PATTERNS -> true;
            case SWITCH -> value.equals("true") || value.equals("false");
            case SIGNAL -> isSignal(value);
            case READY -> isReady(value);
            case PLACE -> value.equals("auto") || value.equals("none") || value.startsWith("/");
            case COUNT -> count(value) >= 1 && count(value) <= 1000;
            case FEW -> count(value) >= 0 && count(value) <= 100;
            case UMASK -> value.equals("keep") || octal(value) >= 0;
            case TIMEOUT -> value.equals("wait") || value.equals("interrupt");
            case HOOKS -> areHooks(value, List.of());
            case AFTER -> areHooks(value, CACHES);
            case DURATION -> millis(value) >= 0;
        };
    }

    /** The number, or -1 where the text is none. */
    static int count(String value) {
        return (int) number(value, 0, value.length(), 1000);
    }

    /** The permission bits, or -1 where the text is none. */
    static int octal(String value) {
        int bits = value.isEmpty() || value.length() > 4 ? -1 : 0;
        for (int i = 0; i < value.length() && bits >= 0; i++) {
            int digit = value.charAt(i) - '0';
            bits = digit < 0 || digit > 7 ? -1 : bits * 8 + digit;
        }
        return bits > 0777 ? -1 : bits;
    }

    /** The duration in milliseconds, or -1 where the text is none. */
    static long millis(String value) {
        int unit = 0;
        while (unit < value.length() && Character.isDigit(value.charAt(unit))) {
            unit++;
        }
        long factor = switch (value.substring(unit)) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> -1;
        };
        long number = number(value, 0, unit, LONGEST_MILLIS);
        return factor < 0 || number < 0 || number * factor > LONGEST_MILLIS ? -1 : number * factor;
    }

    static List<String> patterns(String value) {
        List<String> patterns = new ArrayList<>();
        int start = 0;
        while (start <= value.length()) {
            int end = value.indexOf(':', start);
            end = end < 0 ? value.length() : end;
            String pattern = value.substring(start, end).trim();
            if (!pattern.isEmpty()) {
                patterns.add(pattern);
            }
            start = end + 1;
        }
        return List.copyOf(patterns);
    }

    static List<String> hooks(String value) {
        return value.isEmpty() ? List.of() : List.of(value.split("\\+", -1));
    }

    private static boolean areHooks(String value, List<String> others) {
        for (String each : hooks(value)) {
            if (!others.contains(each) && !isMethod(each)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMethod(String value) {
        int colons = value.indexOf("::");
        return colons > 0 && isName(value.substring(0, colons), true) && isName(value.substring(colons + 2), false);
    }

    private static boolean isName(String value, boolean dotted) {
        boolean begins = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (dotted && c == '.' && !begins) {
                begins = true;
            } else if (begins ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c)) {
                begins = false;
            } else {
                return false;
            }
        }
        return !begins;
    }

    static @Nullable String signal(String value) {
        return value.equals("none") ? null : value;
    }

    private static boolean isReady(String value) {
        if (value.startsWith("port:")) {
            long port = number(value, "port:".length(), value.length(), 65535);
            return port > 0;
        }
        if (value.startsWith("log:")) {
            return isPattern(value.substring("log:".length()));
        }
        return value.equals("agent") || (value.startsWith("file:") && value.length() > "file:".length());
    }

    private static boolean isPattern(String regex) {
        try {
            return !regex.isEmpty() && Pattern.compile(regex) != null;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static boolean isSignal(String value) {
        if (value.equals("none")) {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        // KILL and STOP cannot be caught; the JVM itself lives on the others (thread dumps, null checks, safepoints).
        return !value.isEmpty()
                && !value.startsWith("SIG")
                && !List.of("KILL", "STOP", "QUIT", "SEGV", "BUS", "FPE", "ILL", "TRAP", "PIPE", "XFSZ")
                        .contains(value);
    }

    private static long number(String value, int from, int to, long most) {
        long number = from == to ? -1 : 0;
        for (int i = from; i < to && number <= most; i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number > most ? -1 : number;
    }
}
