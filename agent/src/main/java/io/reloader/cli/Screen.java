// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * The terminal, in its second buffer while something is drawn on it, so that what was there comes back. Where standard
 * output is none, pictures are printed one after another.
 */
final class Screen implements AutoCloseable {
    private static final String ENTER = "\033[?1049h\033[?25l";
    private static final String LEAVE = "\033[?25h\033[?1049l";
    private static final String HOME = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";
    private static final int COLUMNS = 100;
    private static final int ROWS = 40;

    private final PrintStream out;
    private final boolean draws;
    private final Thread restore = new Thread(this::leave, "reloader-screen");

    /** Written by the signal's thread. */
    private volatile boolean resized = true;

    private int columns = COLUMNS;
    private int rows = ROWS;

    Screen(PrintStream out, boolean draws) {
        this.out = out;
        this.draws = draws;
        if (draws) {
            // Ctrl-C is the way out.
            Runtime.getRuntime().addShutdownHook(restore);
            Signal.handle(new Signal("WINCH"), signal -> resized = true);
            out.print(ENTER);
        }
    }

    static Screen open() {
        return new Screen(System.out, Tty.draws());
    }

    void show(List<String> lines) {
        StringBuilder picture = new StringBuilder(draws ? HOME : "");
        for (int i = 0; i < lines.size(); i++) {
            boolean last = draws && i == lines.size() - 1;
            picture.append(lines.get(i)).append(draws ? REST_OF_LINE : "").append(last ? "" : "\n");
        }
        out.print(picture.append(draws ? REST_OF_SCREEN : "\n"));
        out.flush();
    }

    int columns() {
        measure();
        return columns;
    }

    int rows() {
        measure();
        return rows;
    }

    private void measure() {
        if (!draws || !resized) {
            return;
        }
        resized = false;
        String[] size = size().split(" ", 2);
        if (size.length == 2) {
            rows = positive(size[0], rows);
            columns = positive(size[1], columns);
        }
    }

    private static int positive(String digits, int otherwise) {
        return digits.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(digits) : otherwise;
    }

    /** Rows and columns; empty if that cannot be had. */
    private static String size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            return stty.waitFor(1, TimeUnit.SECONDS) ? size : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private void leave() {
        out.print(LEAVE);
        out.flush();
    }

    @Override
    public void close() {
        if (draws) {
            Runtime.getRuntime().removeShutdownHook(restore);
            leave();
        }
    }
}
