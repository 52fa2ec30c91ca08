// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The watch over the classes of one reload, and the first error of theirs. An error that a changed class itself meets
 * counts at once. One that is met deeper down, in what a changed class calls, counts when it comes a second time: a
 * library that probes for a class does so once, a unit of work that fails does so again. Asked on the host's threads.
 */
final class Watch {
    /** Stacks are costly; code that throws so many errors that are none of ours throws more. */
    private static final int MOST_STACKS = 2000;

    private static final int SEEN = 256;
    private static final int MOST_FRAMES = 30;

    /** With dots. */
    private final Set<String> names;

    private final AtomicInteger stacks = new AtomicInteger();
    private final AtomicLongArray seen = new AtomicLongArray(SEEN);
    private final AtomicReference<@Nullable Failure> first = new AtomicReference<>();

    Watch(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** Under which no error counts, neither for nor against what runs. */
    static Watch muted() {
        return new Watch(Set.of());
    }

    /** Whether it is over, but for its end. */
    boolean over() {
        return names.isEmpty() || first.get() != null;
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(first.get());
    }

    /** Whether this error is the first that counts. */
    boolean fails(LinkageError error, long hash) {
        if (stacks.incrementAndGet() > MOST_STACKS) {
            return false;
        }
        StackTraceElement[] stack = error.getStackTrace();
        if (answered(stack)) {
            return false;
        }
        int top = top(stack);
        boolean direct = (top >= 0 && names.contains(stack[top].getClassName())) || named(error.getMessage());
        if (!direct && !(among(stack) && again(hash))) {
            return false;
        }
        String place = top < 0 ? "an unknown place" : stack[top].toString();
        String thread = Thread.currentThread().getName();
        return first.compareAndSet(null, new Failure(words(error), place, thread, lines(stack)));
    }

    /** The JDK takes it for an answer when it looks for a member, and throws another one if the member had to be there. */
    private static boolean answered(StackTraceElement[] stack) {
        return stack.length > 0
                && stack[0].getClassName().equals("java.lang.invoke.MethodHandleNatives")
                && stack[0].getMethodName().equals("resolve");
    }

    /** The innermost frame that is not the JDK's; -1 if there is none. */
    private static int top(StackTraceElement[] stack) {
        for (int i = 0; i < stack.length; i++) {
            String module = stack[i].getModuleName();
            if (module == null || !(module.startsWith("java.") || module.startsWith("jdk."))) {
                return i;
            }
        }
        return -1;
    }

    private boolean among(StackTraceElement[] stack) {
        for (StackTraceElement each : stack) {
            if (names.contains(each.getClassName())) {
                return true;
            }
        }
        return false;
    }

    private boolean again(long hash) {
        return seen.getAndSet((int) (hash ^ (hash >>> 32)) & (SEEN - 1), hash) == hash;
    }

    /** Whether the message has one of the names in it, with dots or slashes, alone or in front of a member's. */
    private boolean named(@Nullable String message) {
        if (message == null) {
            return false;
        }
        int begin = 0;
        for (int i = 0; i <= message.length(); i++) {
            if (i < message.length() && isPart(message.charAt(i))) {
                continue;
            }
            if (i > begin) {
                String word = message.substring(begin, i).replace('/', '.');
                int member = word.lastIndexOf('.');
                if (names.contains(word) || (member > 0 && names.contains(word.substring(0, member)))) {
                    return true;
                }
            }
            begin = i + 1;
        }
        return false;
    }

    private static boolean isPart(char c) {
        return c == '.' || c == '/' || Character.isJavaIdentifierPart(c);
    }

    private static String words(LinkageError error) {
        String words = named(error);
        Throwable cause = error.getCause();
        if (cause == null) {
            return words;
        }
        // Only the JDK's own are asked for more: those of the application run its code.
        words += " (" + (jdk(cause) ? named(cause) : cause.getClass().getName());
        StackTraceElement[] stack = jdk(cause) ? cause.getStackTrace() : new StackTraceElement[0];
        int top = top(stack);
        return words + (top < 0 ? "" : " at " + stack[top]) + ")";
    }

    private static boolean jdk(Throwable thrown) {
        return thrown.getClass().getClassLoader() == null;
    }

    private static String named(Throwable thrown) {
        String message = thrown.getMessage();
        String type = thrown.getClass().getName();
        return message == null
                ? type
                : type + ": " + message.lines().findFirst().orElse("");
    }

    private static List<String> lines(StackTraceElement[] stack) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_FRAMES, stack.length); i++) {
            lines.add(stack[i].toString());
        }
        return lines;
    }
}
