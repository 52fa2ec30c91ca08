// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchViewTest {
    private static final String STATUS = """
            {"version":1,"verb":"status","agent":{"version":"0.1.0","pid":4711,"upMillis":11520000},
             "state":"rolling","generation":2,
             "underWay":{"number":2,"command":"reload workers","millis":1500,
               "pools":[{"name":"http","done":1,"of":3}]},
             "behind":[{"pool":"http","thread":"http-3","millis":900}],
             "pools":[
               {"name":"http","role":"worker","pinned":false,"queued":true,"busy":2,"workers":[
                 {"thread":"http-1","busy":true,"millis":20,"generation":2,"place":"com.acme.Cart.total(Cart.java:12)"},
                 {"thread":"http-2","busy":false,"millis":5,"generation":1,"place":""},
                 {"thread":"http-3","busy":true,"millis":61000,"generation":1,"place":"com.acme.Slow.run(Slow.java:7)"}]},
               {"name":"loop","role":"worker","pinned":true,"queued":false,"busy":0,"workers":[
                 {"thread":"loop-1","busy":false,"millis":5,"generation":2,"place":""}]}],
             "connections":0,
             "verdicts":[{"line":"reload 1 done in 63 ms"},{"line":"reload 2 refused"}]}
            """;

    @Test
    void aPictureShowsThePoolsTheirWorkersAndWhatIsUnderWay() throws Exception {
        assertThat(lines(STATUS, 100, 40))
                .containsSubsequence(
                        "reloader 0.1.0  process 4711  up 3 h 12 min  generation 2  in flight 2" + " ".repeat(22)
                                + "12:30:00",
                        "rolling: reload workers 2, 1.5 s, 1/3 workers",
                        "pool                      role    busy/workers                workers",
                        "http                      worker  2/3  new 1/3  queued        #.!",
                        "loop                      worker  0/1                         P",
                        "busy longest",
                        "  http-3                    1 min 1 s   com.acme.Slow.run(Slow.java:7)",
                        "  http-1                    20 ms       com.acme.Cart.total(Cart.java:12)",
                        "last verdicts",
                        "  reload 2 refused",
                        "  reload 1 done in 63 ms");
    }

    @Test
    void coloursAreByGeneration() throws Exception {
        assertThat(new WatchView(JsonParser.object().from(STATUS), 100, 40, true).lines("12:30:00"))
                .anyMatch(line -> line.endsWith("\033[32m#\033[0m\033[33m.\033[0m\033[31m!\033[0m"));
    }

    @Test
    void aPictureFitsTheScreen() throws Exception {
        String workers = IntStream.range(0, 500)
                .mapToObj(i -> "{\"thread\":\"w-" + i + "\",\"busy\":true,\"millis\":" + i + ",\"generation\":0,"
                        + "\"place\":\"" + "x".repeat(200) + "\"}")
                .collect(Collectors.joining(","));
        String pools = IntStream.range(0, 60)
                .mapToObj(i ->
                        "{\"name\":\"pool-" + i + "\",\"role\":\"task\",\"busy\":500,\"workers\":[" + workers + "]}")
                .collect(Collectors.joining(","));
        String status = "{\"state\":\"idle\",\"generation\":0,\"pools\":[" + pools + "],\"verdicts\":[{\"line\":\""
                + "y".repeat(300) + "\"}]}";
        for (int rows : new int[] {14, 24, 50}) {
            assertThat(lines(status, 80, rows)).hasSizeLessThanOrEqualTo(rows).allMatch(line -> line.length() <= 80);
        }
        assertThat(lines(status, 80, 50))
                .anyMatch(line -> line.matches("pool-0 .* #+ \\+\\d+"))
                .anyMatch(line -> line.matches(" {2}and \\d+ more pools"));
    }

    @Test
    void timesAreReadable() {
        assertThat(List.of(WatchView.time(999), WatchView.time(1_500), WatchView.time(61_000)))
                .containsExactly("999 ms", "1.5 s", "1 min 1 s");
    }

    private static List<String> lines(String status, int columns, int rows) throws JsonParserException {
        return new WatchView(JsonParser.object().from(status), columns, rows, false).lines("12:30:00");
    }
}
