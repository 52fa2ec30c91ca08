// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import static javax.management.openmbean.SimpleType.BOOLEAN;
import static javax.management.openmbean.SimpleType.INTEGER;
import static javax.management.openmbean.SimpleType.LONG;
import static javax.management.openmbean.SimpleType.STRING;

import io.reloader.control.Outcome;
import io.reloader.control.Words;
import io.reloader.jmx.Desk.Picture;
import io.reloader.jmx.Shape.Field;
import io.reloader.options.Option;
import io.reloader.options.Options;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.TabularType;
import org.jspecify.annotations.Nullable;

/** What the bean shows: name, meaning, type and source of each attribute. */
final class Attributes {
    private static final TabularType TEXT_BY_NAME = Shape.map(String.class, STRING, String.class, STRING);

    static final List<Field<Picture>> ALL = List.of(
            of("Version", "Of reloader", STRING, all -> all.about().version()),
            of(
                    "Attached",
                    "Whether it came by attach",
                    BOOLEAN,
                    all -> all.about().late()),
            of("State", "What it is at", STRING, all -> Words.of(all.status().state())),
            of(
                    "Generation",
                    "Number of the last reload",
                    INTEGER,
                    all -> all.status().number()),
            of(
                    "UnderWay",
                    "The reload under way, or null",
                    Shapes.UNDER_WAY.type(),
                    all -> all.status().underWay().map(Shapes.UNDER_WAY::data).orElse(null)),
            of(
                    "Remembered",
                    "The commands that wait for it",
                    Shape.TEXTS,
                    all -> Shape.texts(
                            all.status().remembered().stream().map(Words::of).toList())),
            of(
                    "Behind",
                    "The workers that it waits for, or that were left behind",
                    Shape.array(Shapes.LAGGARD.type()),
                    all -> Shapes.LAGGARD.all(all.status().behind())),
            of(
                    "Unsettled",
                    "Whether threads may still run the code before the last change",
                    BOOLEAN,
                    all -> all.status().unsettled()),
            of(
                    "Rollbacks",
                    "How many reloads can be rolled back",
                    INTEGER,
                    all -> all.status().rollbacks()),
            of(
                    "Connections",
                    "Of a stop: connections that wait for an answer",
                    INTEGER,
                    all -> all.status().connections()),
            of(
                    "Pools",
                    "Each pool and its workers",
                    Shape.array(Shapes.POOL.type()),
                    all -> Shapes.POOL.all(all.status().pools())),
            of(
                    "Verdicts",
                    "The last ones, newest last",
                    Shape.array(Shapes.VERDICT.type()),
                    all -> Shapes.VERDICT.all(all.status().verdicts())),
            of(
                    "Options",
                    "The values in force",
                    TEXT_BY_NAME,
                    all -> options(all.about().options().get())),
            count("ReloadsDone", "Reloads and rollbacks that were done", Outcome.DONE),
            count("ReloadsPartial", "Those that left workers behind", Outcome.PARTIAL),
            count("ReloadsRefused", "Those that changed nothing", Outcome.REFUSED),
            count("ReloadsFailed", "Those that were put back", Outcome.FAILED),
            of(
                    "ClassesChanged",
                    "Classes that reloads have changed, in all",
                    LONG,
                    all -> all.tally().classes()),
            of(
                    "WorkersReplaced",
                    "Workers that reloads have replaced, in all",
                    LONG,
                    all -> all.tally().workers()));

    private Attributes() {}

    private static Object options(Options options) {
        return Shape.rows(
                TEXT_BY_NAME, Arrays.stream(Option.values()).collect(Collectors.toMap(Option::key, options::text)));
    }

    private static Field<Picture> count(String name, String doc, Outcome outcome) {
        return of(name, doc, LONG, all -> all.tally().reloads(outcome));
    }

    private static Field<Picture> of(
            String name, String doc, OpenType<?> type, Function<Picture, @Nullable Object> value) {
        return new Field<>(name, doc, type, value);
    }
}
