// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last reloads replaced. Costs the class files of the classes that they changed, once for each content: the
 * array is the one that the class runs from, until a reload replaces it. A class that was not loaded costs nothing; one
 * whose class loader is collected, nothing after the next reload. Confined to the take-up thread.
 */
final class Kept {
    private final int most;
    private final List<Past> reloads = new ArrayList<>();

    /** {@code most}: of so many reloads. */
    Kept(int most) {
        this.most = most;
    }

    /** What a reload that is about to be applied will replace. */
    static Past of(Review review, Map<String, Overlay.Laid> laid) {
        List<Replaced> classes = new ArrayList<>();
        for (Prepared each : review.loaded) {
            byte[] live = review.before(each.change().of());
            if (each.version() != null
                    && live != null
                    && !Companions.is(each.change().of().name())) {
                classes.add(new Replaced(each.change().of(), live));
            }
        }
        for (Prepared each : review.pending) {
            Live live = each.change().of().live();
            Version version = live == null ? null : live.version();
            classes.add(new Replaced(
                    each.change().of(), version == null ? null : version.plain() ? version.runs() : version.bytes()));
        }
        return new Past(classes, review.additions.wanted().size(), laid);
    }

    void add(Past past) {
        reloads.add(past);
        if (reloads.size() > most) {
            reloads.remove(0);
        }
        reloads.replaceAll(Past::withoutGone);
    }

    Optional<Past> last() {
        return reloads.isEmpty() ? Optional.empty() : Optional.of(reloads.get(reloads.size() - 1));
    }

    int count() {
        return reloads.size();
    }

    /** The last one has been rolled back. */
    void drop() {
        reloads.remove(reloads.size() - 1);
    }
}
