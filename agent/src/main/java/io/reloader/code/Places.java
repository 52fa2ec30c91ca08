// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The loaded classes of the application, by the place they came from. Runs on the take-up thread. */
final class Places {
    private final Instrumentation instrumentation;
    private final LiveClasses classes;

    Places(Instrumentation instrumentation, LiveClasses classes) {
        this.instrumentation = instrumentation;
        this.classes = classes;
    }

    /** Counts the classes of places that are not watched in the sweep. */
    Map<Location, List<Candidate>> gather(Sweep sweep) {
        Map<Location, List<Candidate>> places = new LinkedHashMap<>();
        ClassLoader last = null;
        LoaderTable table = null;
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (!classes.watches(type)) {
                continue;
            }
            ClassLoader loader = type.getClassLoader();
            if (table == null || loader != last) {
                table = classes.tables().of(loader);
                last = loader;
            }
            Candidate found = candidate(table, type, sweep);
            if (found != null) {
                places.computeIfAbsent(found.location(), place -> new ArrayList<>())
                        .add(found);
            }
        }
        return places;
    }

    private static @Nullable Candidate candidate(LoaderTable table, Class<?> type, Sweep sweep) {
        String name = type.getName().replace('.', '/');
        if (LiveClasses.entry(name)) {
            return null;
        }
        Live live = table.get(name);
        if (live != null) {
            return new Candidate(table, name, live.location(), type, live);
        }
        URL source = Location.source(type.getProtectionDomain());
        Location location = table.location(source);
        if (location != null) {
            return new Candidate(table, name, location, type, null);
        }
        if (source != null && !jdk(source)) {
            sweep.unwatched.merge(outermost(source.toString()), 1, Integer::sum);
        }
        return null;
    }

    /** A module of the JDK's; an image that jlink made has the application's beside them. */
    private static boolean jdk(URL source) {
        return "jrt".equals(source.getProtocol())
                && (source.getPath().startsWith("/java.") || source.getPath().startsWith("/jdk."));
    }

    /** An executable jar may hold dozens of others: {@code jar:zip:/app.jar!/lib/a.jar!/} is the first. */
    private static String outermost(String source) {
        int nested = source.indexOf('!');
        return nested < 0 ? source : source.substring(0, nested);
    }
}
