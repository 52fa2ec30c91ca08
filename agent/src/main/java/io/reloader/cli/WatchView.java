// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One picture of a process, made of its status (docs/json.md): pools as rows, workers as cells, what each busy worker
 * does, the roll as it converges, the last verdicts.
 */
final class WatchView {
    private static final int NAME = 26;
    private static final int ROLE = 8;
    private static final int COUNTS = 28;
    private static final int VERDICTS = 3;
    /** Head, headings, empty lines and legend. */
    private static final int FIXED = 9;

    private final JsonObject status;
    private final int columns;
    private final int rows;
    private final Cells cells;

    /** Workers that the roll waits for. */
    private final Set<String> behind = new HashSet<>();

    WatchView(JsonObject status, int columns, int rows, boolean coloured) {
        this.status = status;
        this.columns = Math.max(columns, 60);
        this.rows = rows;
        this.cells = new Cells(status.getInt("generation"), coloured);
        for (JsonObject each : objects(status, "behind")) {
            behind.add(each.getString("thread"));
        }
    }

    /** At most as many as there are rows, if those are a dozen or more; none is wider than the columns. */
    List<String> lines(String clock) {
        List<JsonObject> pools = objects(status, "pools");
        List<JsonObject> verdicts = objects(status, "verdicts");
        int left = rows - FIXED - Math.min(VERDICTS, verdicts.size());
        List<String> lines = new ArrayList<>();
        lines.add(head(pools, clock));
        lines.add(underWay());
        lines.add("");
        lines.add(cut(pad("pool", NAME) + pad("role", ROLE) + pad("busy/workers", COUNTS) + "workers"));
        List<String> rowsOfPools = limited(pools(pools), Math.max(2, left * 2 / 3), "pools");
        lines.addAll(rowsOfPools);
        lines.add("");
        lines.add("busy longest");
        lines.addAll(limited(busy(pools), Math.max(1, left - rowsOfPools.size()), "busy workers"));
        lines.add("");
        lines.add("last verdicts");
        for (int i = verdicts.size() - 1; i >= Math.max(0, verdicts.size() - VERDICTS); i--) {
            lines.add(cut("  " + verdicts.get(i).getString("line")));
        }
        lines.add(cut(Cells.LEGEND));
        return lines;
    }

    private String head(List<JsonObject> pools, String clock) {
        JsonObject agent = status.getObject("agent", new JsonObject());
        long inFlight = pools.stream()
                .filter(pool -> "worker".equals(pool.getString("role")))
                .mapToLong(pool -> pool.getInt("busy"))
                .sum();
        String left = "reloader " + agent.getString("version", "") + "  process " + agent.getLong("pid") + "  up "
                + time(agent.getLong("upMillis")) + "  generation " + status.getInt("generation") + "  in flight "
                + inFlight;
        return cut(pad(left, columns - clock.length()) + clock);
    }

    private String underWay() {
        String state = status.getString("state", "");
        JsonObject under = status.getObject("underWay");
        if (under != null) {
            int done = 0;
            int of = 0;
            for (JsonObject each : objects(under, "pools")) {
                done += each.getInt("done");
                of += each.getInt("of");
            }
            return cut(state + ": " + under.getString("command") + " " + under.getInt("number") + ", "
                    + time(under.getLong("millis")) + (of == 0 ? "" : ", " + done + "/" + of + " workers"));
        }
        int connections = status.getInt("connections");
        return cut(connections == 0 ? state : state + ": " + connections + " connections wait for an answer");
    }

    private List<String> pools(List<JsonObject> pools) {
        Map<String, JsonObject> rolls = new HashMap<>();
        JsonObject under = status.getObject("underWay");
        for (JsonObject each : under == null ? List.<JsonObject>of() : objects(under, "pools")) {
            rolls.put(each.getString("name"), each);
        }
        List<String> lines = new ArrayList<>();
        for (JsonObject pool : pools) {
            List<JsonObject> workers = objects(pool, "workers");
            JsonObject roll = rolls.get(pool.getString("name"));
            String counts = pool.getInt("busy") + "/" + workers.size()
                    + (roll == null ? "" : "  new " + roll.getInt("done") + "/" + roll.getInt("of"))
                    + (pool.getBoolean("queued") ? "  queued" : "");
            lines.add(pad(pool.getString("name", ""), NAME)
                    + pad(pool.getString("role", ""), ROLE)
                    + pad(counts, COUNTS)
                    + cells.row(workers, behind, pool.getBoolean("pinned"), columns - NAME - ROLE - COUNTS));
        }
        return lines;
    }

    private List<String> busy(List<JsonObject> pools) {
        List<JsonObject> busy = new ArrayList<>();
        pools.forEach(pool -> objects(pool, "workers").stream()
                .filter(each -> each.getBoolean("busy"))
                .forEach(busy::add));
        busy.sort(Comparator.comparingLong((JsonObject each) -> each.getLong("millis"))
                .reversed());
        return busy.stream()
                .map(each -> cut("  " + pad(each.getString("thread", ""), NAME) + pad(time(each.getLong("millis")), 12)
                        + each.getString("place", "")))
                .toList();
    }

    /** The last line says how many more there are. */
    private static List<String> limited(List<String> lines, int most, String what) {
        if (lines.size() <= most) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, most - 1));
        shown.add("  and " + (lines.size() - most + 1) + " more " + what);
        return shown;
    }

    private static List<JsonObject> objects(JsonObject of, String name) {
        List<JsonObject> all = new ArrayList<>();
        for (Object each : of.getArray(name, new JsonArray())) {
            if (each instanceof JsonObject object) {
                all.add(object);
            }
        }
        return all;
    }

    private String cut(String line) {
        return line.length() <= columns ? line : line.substring(0, columns - 3) + "...";
    }

    /** With a space at its end at least. */
    private static String pad(String text, int width) {
        String shown = text.length() < width ? text : text.substring(0, Math.max(0, width - 4)) + "...";
        return shown + " ".repeat(Math.max(0, width - shown.length()));
    }

    static String time(long millis) {
        long seconds = millis / 1000;
        if (millis < 1000) {
            return millis + " ms";
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
}
