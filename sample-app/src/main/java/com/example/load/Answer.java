// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the service promised in one 201 answer. */
record Answer(int order, String pricing, boolean closing) {
    private static final Pattern ID = Pattern.compile("\"id\":(\\d{1,9})");
    private static final Pattern PRICING = Pattern.compile("\"pricing\":\"([^\"]*)\"");

    static Answer parse(String body, boolean closing) throws LoadFailure {
        return new Answer(Integer.parseInt(find(ID, body)), find(PRICING, body), closing);
    }

    private static String find(Pattern pattern, String body) throws LoadFailure {
        Matcher matcher = pattern.matcher(body);
        if (!body.startsWith("{") || !body.endsWith("}\n") || !matcher.find()) {
            throw new LoadFailure("malformed");
        }
        return matcher.group(1);
    }
}
