// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.ClassChange;
import io.reloader.control.Events;
import io.reloader.control.Findings.Verdict;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what has become of each class that is not as it was. Take-up thread only. */
final class Changes {
    private final Review review;
    private final Events events;

    Changes(Review review, Events events) {
        this.review = review;
        this.events = events;
    }

    void tell(Sweep sweep) {
        Stream<Change> added = review.additions.wanted().stream().map(Addition::change);
        Stream.of(sweep.loaded.stream(), sweep.pending.stream(), added)
                .flatMap(each -> each)
                .forEach(this::tell);
    }

    private void tell(Change change) {
        Candidate of = change.of();
        Verdict verdict = review.verdicts.of(of);
        ClassLoader loader = of.table().loader();
        if (verdict != Verdict.SAME) {
            events.changed(new ClassChange(
                    of.human(),
                    loader == null ? "" : Inventory.title(loader),
                    before(of),
                    Integer.toHexString(Checksum.of(change.bytes())),
                    verdict));
        }
    }

    private String before(Candidate of) {
        Live live = of.live();
        Version version = live == null ? null : live.version();
        if (live != null && version == null) {
            return Integer.toHexString(live.crc());
        }
        byte @Nullable [] bytes = version == null ? review.live(of) : version.bytes();
        return bytes == null ? "" : Integer.toHexString(Checksum.of(bytes));
    }
}
