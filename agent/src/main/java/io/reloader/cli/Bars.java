// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bar for each pool below the last line of a terminal. */
final class Bars {
    private static final int MOST = 20;
    private static final int WIDTH = 24;
    private static final int NAME = 32;
    private static final String GREEN = "\033[32m";
    private static final String PLAIN = "\033[0m";
    private static final String UP_AND_CLEAR = "\033[1A\033[2K";

    /** Where nothing is drawn. */
    static final Bars NONE = new Bars(null, false);

    private final @Nullable PrintStream out;
    private final boolean coloured;
    private final Map<String, int[]> pools = new LinkedHashMap<>();
    private int drawn;

    Bars(@Nullable PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** None where standard output is no terminal, or one that can only print. */
    static Bars onTerminal() {
        return Tty.draws() ? new Bars(System.out, Tty.colours()) : NONE;
    }

    boolean shown() {
        return out != null;
    }

    /** {@code 7 3/8 http-nio-8080}: of reload 7, three of eight. */
    void progress(String line) {
        String[] parts = line.split(" ", 3);
        String[] count = parts.length < 3 ? new String[0] : parts[1].split("/", 2);
        if (count.length == 2) {
            clear();
            pools.put(parts[2], new int[] {Integer.parseInt(count[0]), Integer.parseInt(count[1])});
            draw();
        }
    }

    void clear() {
        if (out != null && drawn > 0) {
            out.print(UP_AND_CLEAR.repeat(drawn));
            out.flush();
            drawn = 0;
        }
    }

    void draw() {
        if (out == null) {
            return;
        }
        for (Map.Entry<String, int[]> pool : pools.entrySet()) {
            if (drawn == MOST) {
                break;
            }
            out.println(bar(pool.getKey(), pool.getValue()[0], pool.getValue()[1]));
            drawn++;
        }
        out.flush();
    }

    private String bar(String name, int done, int of) {
        int filled = of == 0 ? WIDTH : Math.min(WIDTH, WIDTH * done / of);
        String full = "#".repeat(filled);
        String shown = name.length() > NAME ? name.substring(0, NAME - 3) + "..." : name;
        return String.format("  %-" + NAME + "s [", shown)
                + (coloured ? GREEN + full + PLAIN : full)
                + ".".repeat(WIDTH - filled) + "] " + done + "/" + of;
    }
}
