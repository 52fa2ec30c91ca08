// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import jakarta.servlet.http.HttpServletRequest;

/** Reads and checks what a request asks for. */
final class Parameters {
    private Parameters() {}

    static String text(HttpServletRequest request, String name) {
        String text = request.getParameter(name);
        if (text == null || text.isBlank()) {
            throw Refusal.badRequest(name + " is missing");
        }
        return text;
    }

    static int number(HttpServletRequest request, String name, int otherwise, int least, int most) {
        return request.getParameter(name) == null ? otherwise : number(request, name, least, most);
    }

    static int number(HttpServletRequest request, String name, int least, int most) {
        return Math.toIntExact(number(text(request, name), name, least, most));
    }

    static long number(String text, String name, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw outOfRange(text, name, least, most);
        }
        throw outOfRange(text, name, least, most);
    }

    private static Refusal outOfRange(String text, String name, long least, long most) {
        String range = most == Long.MAX_VALUE ? "from " + least : "from " + least + " to " + most;
        return Refusal.badRequest(name + " must be a whole number " + range + ", not '" + text + "'");
    }
}
