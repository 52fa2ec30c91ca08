// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The files on disk whose content was rolled back, and is left out until it changes. Take-up thread only. */
final class Withheld {
    private final List<Entry> entries = new ArrayList<>();

    /** @param crc of the file that was taken up */
    private record Entry(Candidate of, int crc) {}

    /** Has been rolled back. */
    void add(Candidate of) {
        Live live = of.table().get(of.name());
        if (live != null) {
            entries.removeIf(
                    each -> each.of.table() == of.table() && each.of.name().equals(of.name()));
            entries.add(new Entry(new Candidate(of.table(), of.name(), of.location(), null, null), live.crc()));
        }
    }

    /** What to tell of them; empty if there are none any more. */
    Optional<String> line() {
        List<Candidate> classes = classes();
        if (classes.isEmpty()) {
            return Optional.empty();
        }
        String first = classes.get(0).human();
        int more = classes.size() - 1;
        return Optional.of((more == 0 ? first + " was" : first + " and " + more + " more were")
                + " rolled back; what their files hold now stays out until they change");
    }

    List<Candidate> classes() {
        for (Iterator<Entry> it = entries.iterator(); it.hasNext(); ) {
            Entry each = it.next();
            Live live = each.of.table().get(each.of.name());
            if (live == null || live.crc() != each.crc || each.of.table().loader() == null) {
                it.remove();
            }
        }
        return entries.stream().map(Entry::of).toList();
    }
}
