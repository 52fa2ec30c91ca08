// SPDX-License-Identifier: Apache-2.0
package io.reloader.options;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values in force, checked; immutable. */
public final class Options {
    private final Map<Option, String> values;

    Options(Map<Option, String> values) {
        this.values = new EnumMap<>(Option.class);
        this.values.putAll(values);
    }

    /** Those that some source has named. */
    public Set<Option> given() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** These with other values in place of theirs, which must be allowed ones. */
    public Options with(Map<Option, String> others) {
        Options next = new Options(values);
        next.values.putAll(others);
        return next;
    }

    /** The value as text. */
    public String text(Option option) {
        String value = values.get(option);
        return value != null ? value : option.standard();
    }

    public boolean on(Option option) {
        return text(option).equals("true");
    }

    public int count(Option option) {
        return Type.count(text(option));
    }

    /** Permission bits, or -1 for keep. */
    public int octal(Option option) {
        return Type.octal(text(option));
    }

    public long millis(Option option) {
        return Type.millis(text(option));
    }

    public long nanos(Option option) {
        return millis(option) * 1_000_000;
    }

    public List<String> patterns(Option option) {
        return Type.patterns(text(option));
    }

    /** What is to be called, in this order. */
    public List<String> hooks(Option option) {
        return Type.hooks(text(option));
    }

    /** The signal's name without SIG, or null for none. */
    public @Nullable String signal(Option option) {
        return Type.signal(text(option));
    }
}
