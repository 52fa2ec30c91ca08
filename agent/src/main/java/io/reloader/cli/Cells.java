// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import com.grack.nanojson.JsonObject;
import java.util.List;
import java.util.Set;

/** The workers of a pool, a cell for each, by state and generation. */
final class Cells {
    static final String LEGEND = "# busy  - idle   older code: * busy  . idle  ! waited for   P keeps its thread";
    private static final String GREEN = "\033[32m";
    private static final String YELLOW = "\033[33m";
    private static final String RED = "\033[31m";
    private static final String PLAIN = "\033[0m";

    private final int generation;
    private final boolean coloured;

    Cells(int generation, boolean coloured) {
        this.generation = generation;
        this.coloured = coloured;
    }

    /** {@code width}: how many places there are; what does not fit is a number. */
    String row(List<JsonObject> workers, Set<String> behind, boolean pinned, int width) {
        int shown = workers.size() <= width ? workers.size() : Math.max(0, width - 7);
        StringBuilder row = new StringBuilder();
        for (JsonObject each : workers.subList(0, shown)) {
            char cell = pinned ? 'P' : cell(each, behind);
            row.append(coloured ? colour(cell) + cell + PLAIN : String.valueOf(cell));
        }
        return shown == workers.size()
                ? row.toString()
                : row.append(" +").append(workers.size() - shown).toString();
    }

    private char cell(JsonObject worker, Set<String> behind) {
        boolean busy = worker.getBoolean("busy");
        if (worker.getInt("generation") >= generation) {
            return busy ? '#' : '-';
        }
        return behind.contains(worker.getString("thread")) ? '!' : busy ? '*' : '.';
    }

    private static String colour(char cell) {
        return switch (cell) {
            case '#', '-' -> GREEN;
            case '!' -> RED;
            case 'P' -> "";
            default -> YELLOW;
        };
    }
}
