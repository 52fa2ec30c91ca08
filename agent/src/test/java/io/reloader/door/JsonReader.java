// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON value, strictly: maps, lists, strings, longs, booleans, and {@link #NULL}. */
final class JsonReader {
    static final Object NULL = new Object();

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    static Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        if (reader.at != text.length()) {
            throw reader.wrong();
        }
        return value;
    }

    private Object value() {
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> fields = new LinkedHashMap<>();
        expect('{');
        while (text.charAt(at) != '}') {
            if (!fields.isEmpty()) {
                expect(',');
            }
            String name = string();
            expect(':');
            if (fields.put(name, value()) != null) {
                throw wrong();
            }
        }
        at++;
        return fields;
    }

    private List<Object> array() {
        List<Object> all = new ArrayList<>();
        expect('[');
        while (text.charAt(at) != ']') {
            if (!all.isEmpty()) {
                expect(',');
            }
            all.add(value());
        }
        at++;
        return all;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        expect('"');
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            if (c < ' ') {
                throw wrong();
            }
            if (c == '\\') {
                c = text.charAt(at++);
                if (c == 'u') {
                    c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
                    at += 4;
                } else if (c != '"' && c != '\\') {
                    throw wrong();
                }
            }
            out.append(c);
        }
        return out.toString();
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong();
        }
        at += word.length();
        return value;
    }

    private Long number() {
        int from = at;
        while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Long.valueOf(text.substring(from, at));
    }

    private void expect(char c) {
        if (text.charAt(at++) != c) {
            throw wrong();
        }
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("no JSON at " + at + " of " + text);
    }
}
