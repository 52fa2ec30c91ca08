// SPDX-License-Identifier: Apache-2.0
package io.reloader.options;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Gathers options from the agent's arguments, {@code -Dreloader.KEY}, {@code RELOADER_KEY} and the {@code config}
 * file; the first of these that names a key wins. Runs on the start-up path of every host.
 */
public final class OptionParser {
    private static final String PROPERTY = "reloader.";
    private static final String VARIABLE = "RELOADER_";

    private final Map<Option, String> values = new EnumMap<>(Option.class);
    private final Properties properties;
    private final Map<String, String> environment;

    /**
     * @param properties the system properties
     * @param environment the process's environment
     */
    public OptionParser(Properties properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /**
     * Parses {@code key=value,key=value}; a switch may stand alone. To be called once.
     *
     * @throws OptionException at the first key or value that the table does not allow
     */
    public Options parse(String arguments) throws OptionException {
        takeArguments(arguments);
        takeProperties();
        takeEnvironment();
        String config = values.get(Option.CONFIG);
        if (config != null && !config.isEmpty()) {
            takeFile(config);
        }
        Options options = new Options(values);
        checkSignals(options);
        return options;
    }

    /** Whether {@code strict} was asked for, as far as can be told when {@link #parse} has failed. */
    public boolean strict() {
        return "true".equals(values.get(Option.STRICT))
                || "true".equals(properties.getProperty(PROPERTY + Option.STRICT.key()))
                || "true".equals(environment.get(Option.STRICT.variable()));
    }

    private void takeArguments(String arguments) throws OptionException {
        Map<Option, String> named = new EnumMap<>(Option.class);
        OptionException wrong = null;
        int start = 0;
        while (start < arguments.length()) {
            int end = arguments.indexOf(',', start);
            end = end < 0 ? arguments.length() : end;
            String pair = arguments.substring(start, end).trim();
            try {
                if (!pair.isEmpty()) {
                    takeArgument(named, pair);
                }
            } catch (OptionException e) {
                // Read on: a "strict" further right decides what the first fault does.
                wrong = wrong == null ? e : wrong;
            }
            start = end + 1;
        }
        values.putAll(named);
        if (wrong != null) {
            throw wrong;
        }
    }

    private static void takeArgument(Map<Option, String> named, String pair) throws OptionException {
        int equals = pair.indexOf('=');
        String key = (equals < 0 ? pair : pair.substring(0, equals)).trim();
        Option option = option(key, key);
        if (equals < 0 && option.type() != Type.SWITCH) {
            throw new OptionException("option " + key + " has no value; write " + key + "=" + example(option));
        }
        String value = equals < 0 ? "true" : pair.substring(equals + 1).trim();
        if (named.put(option, checked(option, key, value)) != null) {
            throw new OptionException("option " + key + " is given twice; give it once");
        }
    }

    private void takeProperties() throws OptionException {
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PROPERTY)) {
                Option option = option(name.substring(PROPERTY.length()), "-D" + name);
                take(option, "-D" + name, properties.getProperty(name));
            }
        }
    }

    /**
     * A variable of an unknown name is somebody else's (a Kubernetes service called "reloader" puts
     * {@code RELOADER_PORT} into every pod beside it), unless it is one of ours misspelt.
     */
    private void takeEnvironment() throws OptionException {
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith(VARIABLE)) {
                continue;
            }
            Option option = byVariable(name);
            if (option != null) {
                take(option, name, entry.getValue());
            } else {
                String key = name.substring(VARIABLE.length()).replace('_', '-');
                Option near = Nearest.option(key);
                if (Nearest.edits(key, near) <= 2) {
                    throw new OptionException("option " + name + " is unknown; did you mean " + near.variable() + "?");
                }
            }
        }
    }

    private void takeFile(String file) throws OptionException {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            lines.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new OptionException(
                    "config=" + file + " cannot be read (" + e + "); name a readable file of" + " key=value lines");
        }
        for (String key : lines.stringPropertyNames()) {
            take(option(key, key + " in " + file), key + " in " + file, lines.getProperty(key));
        }
    }

    private void take(Option option, String where, String value) throws OptionException {
        values.putIfAbsent(option, checked(option, where, value.trim()));
    }

    private static String checked(Option option, String where, String value) throws OptionException {
        if (!option.type().allows(value)) {
            throw new OptionException(
                    "option " + where + "=" + value + " is not allowed; " + option.key() + " is " + option.rule());
        }
        return value;
    }

    private static void checkSignals(Options options) throws OptionException {
        Option[] signals = {Option.STOP, Option.RELOAD, Option.RELOAD_TASKS};
        for (int i = 0; i < signals.length; i++) {
            String signal = options.signal(signals[i]);
            for (int j = 0; j < i; j++) {
                if (signal != null && signal.equals(options.signal(signals[j]))) {
                    throw new OptionException("options " + signals[j].key() + " and " + signals[i].key() + " both name "
                            + signal + "; give each its own signal, or none");
                }
            }
        }
    }

    private static Option option(String key, String where) throws OptionException {
        for (Option option : Option.values()) {
            if (option.key().equals(key)) {
                return option;
            }
        }
        throw new OptionException("option " + where + " is unknown; did you mean "
                + Nearest.option(key).key() + "? (java -jar reloader.jar options lists them all)");
    }

    private static @Nullable Option byVariable(String name) {
        for (Option option : Option.values()) {
            if (option.variable().equals(name)) {
                return option;
            }
        }
        return null;
    }

    private static String example(Option option) {
        return option.standard().isEmpty() ? "..." : option.standard();
    }
}
