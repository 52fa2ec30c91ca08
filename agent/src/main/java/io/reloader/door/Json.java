// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes one JSON object, on one line. */
final class Json {
    private final StringBuilder out = new StringBuilder();
    private boolean first = true;

    private Json() {}

    static String object(Consumer<Json> fields) {
        Json json = new Json();
        json.braced(fields);
        return json.out.toString();
    }

    Json text(String name, String value) {
        name(name);
        string(value);
        return this;
    }

    Json number(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    Json flag(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    Json none(String name) {
        name(name);
        out.append("null");
        return this;
    }

    Json object(String name, Consumer<Json> fields) {
        name(name);
        braced(fields);
        return this;
    }

    Json texts(String name, Iterable<String> values) {
        name(name);
        out.append('[');
        String separator = "";
        for (String value : values) {
            out.append(separator);
            string(value);
            separator = ",";
        }
        out.append(']');
        return this;
    }

    <T> Json objects(String name, Iterable<T> values, BiConsumer<Json, T> fields) {
        name(name);
        out.append('[');
        String separator = "";
        for (T value : values) {
            out.append(separator);
            braced(json -> fields.accept(json, value));
            separator = ",";
        }
        out.append(']');
        return this;
    }

    private void braced(Consumer<Json> fields) {
        out.append('{');
        first = true;
        fields.accept(this);
        out.append('}');
        first = false;
    }

    private void name(String name) {
        if (!first) {
            out.append(',');
        }
        first = false;
        string(name);
        out.append(':');
    }

    private void string(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** Half a surrogate pair, too, has a JSON spelling, but none in UTF-8. */
    private void escape(char c) {
        out.append("\\u");
        String hex = Integer.toHexString(c);
        out.append("0".repeat(4 - hex.length())).append(hex);
    }
}
