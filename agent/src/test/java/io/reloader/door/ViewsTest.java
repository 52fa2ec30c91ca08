// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.ClassStatus;
import io.reloader.control.Command;
import io.reloader.control.Findings;
import io.reloader.control.Laggard;
import io.reloader.control.Outcome;
import io.reloader.control.Pinned;
import io.reloader.control.PoolState;
import io.reloader.control.PoolStatus;
import io.reloader.control.Role;
import io.reloader.control.State;
import io.reloader.control.Status;
import io.reloader.control.UnderWay;
import io.reloader.control.Verdict;
import io.reloader.control.WorkerStatus;
import io.reloader.options.OptionException;
import io.reloader.options.OptionParser;
import io.reloader.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JSON that is written has the shape that docs/json.md promises. */
class ViewsTest {
    private static final Pattern ROW =
            Pattern.compile("\\| `([^`]+)` \\| (text|number|flag|object)( or null)?(, maybe missing)? \\|.*");

    @Test
    void theStatusHasTheFieldsOfTheManual() throws Exception {
        assertShape("status", Views.status(about(), status(Optional.of(underWay()))));
    }

    @Test
    void whereNoReloadIsUnderWayTheFieldIsNull() throws Exception {
        Object json = JsonReader.read(Views.status(about(), status(Optional.empty())));
        assertThat(((Map<?, ?>) json).get("underWay")).isSameAs(JsonReader.NULL);
    }

    @Test
    void thePoolsHaveTheFieldsOfTheManual() throws Exception {
        assertShape("pools", Views.pools(status(Optional.empty())));
    }

    @Test
    void theClassesHaveTheFieldsOfTheManual() throws Exception {
        assertShape(
                "classes",
                Views.classes(List.of(new ClassStatus("com.acme.Cart", "/a.jar", "app", ClassStatus.Taken.RUNS))));
    }

    @Test
    void aCheckHasTheFieldsOfTheManual() throws Exception {
        Findings.Finding finding =
                new Findings.Finding("com.acme.Cart", "/a", Findings.Verdict.RESTART, List.of("it was added"));
        assertShape("check", Views.check(new Findings(List.of(finding), List.of("fault"), List.of("note"))));
    }

    @Test
    void whateverANameHoldsIsReadBackAsItWas() {
        String name = "a\"b\\c\n\u0000\u009f\ud800 \u00e9 \ud83d\ude00";
        Object json = JsonReader.read(Json.object(each -> each.text("name", name)));
        assertThat(json).isEqualTo(Map.of("name", name));
    }

    private static void assertShape(String verb, String json) throws IOException {
        assertThat(json).doesNotContain("\n");
        Map<String, String> found = new TreeMap<>();
        flatten("", JsonReader.read(json), found);
        found.keySet().removeIf(path -> path.startsWith("options."));
        assertThat(found).isEqualTo(documented(verb));
    }

    private static void flatten(String path, Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            if (!path.isEmpty() && !path.endsWith("[]")) {
                into.put(path, "object");
            }
            map.forEach((name, each) -> flatten(path.isEmpty() ? name.toString() : path + "." + name, each, into));
        } else if (value instanceof List<?> list) {
            assertThat(list).as("an example of %s", path).isNotEmpty();
            list.forEach(each -> flatten(path + "[]", each, into));
        } else {
            into.put(path, value instanceof Long ? "number" : value instanceof Boolean ? "flag" : "text");
        }
    }

    /** The rows under the heading of the verb. */
    private static Map<String, String> documented(String verb) throws IOException {
        Map<String, String> rows = new TreeMap<>(Map.of("version", "number", "verb", "text"));
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("..", "docs", "json.md")));
        int from = lines.indexOf("## " + verb);
        assertThat(from).as("heading of %s", verb).isPositive();
        for (String line : lines.subList(from + 1, lines.size())) {
            if (line.startsWith("## ")) {
                break;
            }
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return rows;
    }

    private static About about() throws OptionException {
        Options options = new OptionParser(new Properties(), Map.of()).parse("");
        return new About("1.0", 42, Instant.EPOCH, false, () -> options);
    }

    private static UnderWay underWay() {
        PoolState pool = new PoolState("http", 8, 3, new Pinned(1, "it keeps its thread"), false, "broken", 5);
        return new UnderWay(7, Command.RELOAD_WORKERS, 5_000_000, List.of(pool));
    }

    private static Status status(Optional<UnderWay> underWay) {
        WorkerStatus worker = new WorkerStatus("http-1", true, 5, 7, 9, "com.acme.Slow.run(Slow.java:7)");
        return new Status(
                State.ROLLING,
                7,
                List.of(Command.ROLL_BACK),
                underWay,
                List.of(new Laggard("http", "http-1", 5, List.of("com.acme.Slow.run(Slow.java:7)"))),
                true,
                2,
                0,
                List.of(new PoolStatus("http", "Executor", Role.WORKER, "told", "", true, 3, List.of(worker))),
                List.of(new Verdict(6, Command.RELOAD_TASKS, Outcome.DONE, "reload 6 done", 5)));
    }
}
