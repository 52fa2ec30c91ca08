// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a rollback has to change: not what is on disk, but what a reload replaced. Runs on the take-up thread.
 */
final class WayBack {
    private final Past past;
    private final Capture capture = new Capture();
    private final Map<LoaderTable, Map<String, Candidate>> now = new HashMap<>();
    private final Sweep sweep = new Sweep();

    /** {@code candidates}: the classes that are loaded now. */
    WayBack(Past past, List<Candidate> candidates) {
        this.past = past;
        candidates.forEach(each ->
                now.computeIfAbsent(each.table(), table -> new HashMap<>()).put(each.name(), each));
    }

    /** The classes that were loaded meanwhile: what their files held must be asked of the JVM. */
    Class<?>[] unknown() {
        List<Class<?>> types = new ArrayList<>();
        for (Replaced each : past.classes()) {
            Candidate found = now(each);
            if (each.bytes() == null && found != null && found.type() != null) {
                types.add(found.type());
            }
        }
        return types.toArray(Class<?>[]::new);
    }

    Capture capture() {
        return capture;
    }

    Sweep sweep() {
        sweep.named = true;
        for (Replaced each : past.classes()) {
            Candidate found = now(each);
            if (each.gone()) {
                continue;
            }
            if (found == null || found.live() == null) {
                byte[] bytes = each.bytes();
                sweep.restored.add(new Restored(each.of(), bytes == null ? null : Version.first(bytes)));
            } else {
                add(each, found, found.live());
            }
        }
        if (past.added() > 0) {
            sweep.remarks.add(
                    past.added() == 1
                            ? "1 class that was new stays defined; nothing that is put back needs it"
                            : past.added()
                                    + " classes that were new stay defined; nothing that is put back needs them");
        }
        return sweep;
    }

    private void add(Replaced one, Candidate found, Live live) {
        byte[] bytes = one.bytes() == null && found.type() != null ? capture.of(found.type()) : one.bytes();
        if (bytes == null || (!one.loaded() && !fits(live, bytes))) {
            sweep.remarks.add(found.human() + " was first loaded since, "
                    + (bytes == null ? "and what its file held is not known" : "with another shape")
                    + "; it stays as it is");
            return;
        }
        if (!came(one, live, bytes)) {
            sweep.loaded.add(Change.back(found, live, bytes));
        }
    }

    /** Whether it had no file before, and so came with what is rolled back: nothing that is put back needs it. */
    private static boolean came(Replaced one, Live live, byte[] bytes) {
        return !one.loaded()
                && live.version() != null
                && Arrays.equals(bytes, live.version().bytes());
    }

    /** A class that was not loaded could be given any shape; now that it is loaded it keeps that. */
    private static boolean fits(Live live, byte[] bytes) {
        return live.version() == null
                || ClassDiff.between(live.version().bytes(), bytes).stream()
                        .noneMatch(Difference.Blocked.class::isInstance);
    }

    private @Nullable Candidate now(Replaced one) {
        return now.getOrDefault(one.of().table(), Map.of()).get(one.of().name());
    }
}
