// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;

/** One JSON object on one line. */
final class Json {
    private final StringJoiner members = new StringJoiner(",", "{", "}");

    Json put(String name, Number value) {
        members.add(quoted(name) + ":" + value);
        return this;
    }

    Json put(String name, String value) {
        members.add(quoted(name) + ":" + quoted(value));
        return this;
    }

    Json putNull(String name) {
        members.add(quoted(name) + ":null");
        return this;
    }

    void send(HttpServletResponse response, int status) throws IOException {
        byte[] body = (members + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json;charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
