// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import io.reloader.options.Option;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes what is made of the tables in the sources into the documents; called by {@code scripts/docs}. */
public final class Documents {
    static final Path README = Path.of("..", "README.md");
    static final Path MANUAL = Path.of("..", "docs", "reloader.1");
    private static final String HEAD = "| Option | Default | What it does |\n| --- | --- | --- |\n";

    private Documents() {}

    /** In the agent's directory. */
    public static void main(String[] args) throws IOException {
        Files.writeString(README, readme());
        Files.writeString(MANUAL, manual());
    }

    /** The README with its table of options written anew, from its heading to the next empty line. */
    static String readme() throws IOException {
        String old = Files.readString(README);
        int start = old.indexOf(HEAD);
        int end = old.indexOf("\n\n", start);
        if (start < 0 || end < 0) {
            throw new IOException(README + " has no table of options");
        }
        String rows = Arrays.stream(Option.values()).map(Documents::row).collect(Collectors.joining("\n"));
        return old.substring(0, start) + HEAD + rows + old.substring(end);
    }

    private static String row(Option option) {
        String standard = option.standard().isEmpty() ? "" : "`" + option.standard() + "`";
        return "| `" + option.key() + "` | " + standard + " | " + option.doc() + " (" + option.rule() + ") |";
    }

    static String manual() {
        return new Manual(new Cli(new File("reloader.jar"), "").commands()).page();
    }
}
