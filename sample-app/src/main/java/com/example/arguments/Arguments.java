// SPDX-License-Identifier: Apache-2.0
package com.example.arguments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command line made of {@code --name value} pairs. */
public final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /** Refuses every name that is not among the known ones, and every name without a value. */
    public static Arguments parse(List<String> args, List<String> known) throws BadArgument {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < args.size(); i += 2) {
            String name = args.get(i);
            if (!known.contains(name)) {
                throw new BadArgument("unknown option " + name + " (known: " + String.join(", ", known) + ")");
            }
            if (i + 1 == args.size()) {
                throw new BadArgument(name + " needs a value");
            }
            if (values.put(name, args.get(i + 1)) != null) {
                throw new BadArgument(name + " is given twice");
            }
        }
        return new Arguments(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public int number(String name, int otherwise, int least, int most) throws BadArgument {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw outOfRange(name, least, most, text);
        }
        throw outOfRange(name, least, most, text);
    }

    private static BadArgument outOfRange(String name, int least, int most, String text) {
        return new BadArgument(name + " must be a number from " + least + " to " + most + ", not '" + text + "'");
    }
}
