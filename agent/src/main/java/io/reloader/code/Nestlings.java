// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Detached;
import io.reloader.lower.Types;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Classes that are new in the nest of one that is loaded, whose nest is closed: they are loaded beside it, their private
 * members open to the package. Take-up thread only.
 */
final class Nestlings {
    private final Review review;

    Nestlings(Review review) {
        this.review = review;
    }

    /** {@code shaped}: what the host runs. */
    void of(Change host, byte[] shaped, Types types) {
        Set<String> names = new HashSet<>(members(host.bytes()));
        names.removeAll(members(shaped));
        names.forEach(name -> take(host, name, types));
    }

    private void take(Change host, String name, Types types) {
        Candidate of = host.of();
        List<Addition> added = review.additions.named(of.table(), name).stream()
                .filter(review.additions.wanted()::contains)
                .toList();
        if (!added.isEmpty()) {
            added.forEach(each -> announce(each.change(), types));
            return;
        }
        for (int i = 0; i < review.pending.size(); i++) {
            Prepared each = review.pending.get(i);
            if (each.change().of().table() == of.table()
                    && each.change().of().name().equals(name)) {
                review.pending.set(i, beside(each.change(), types));
                return;
            }
        }
        ClassLoader loader = of.table().loader();
        Live live = of.table().get(name);
        if (loader == null || live != null) {
            return;
        }
        try {
            byte[] bytes = World.file(loader, name);
            if (bytes != null) {
                Candidate one = new Candidate(of.table(), name, of.location(), null, null);
                review.pending.add(beside(new Change(one, bytes, null), types));
            }
        } catch (IOException e) {
            review.verdicts.fault(Names.type(name) + " cannot be read (" + e + "); build and deploy it again");
        }
    }

    /** It is defined by us, and comes by the transformer like any other. */
    private static void announce(Change change, Types types) {
        change.announce(Version.first(change.bytes()).shaped(Detached.of(change.bytes(), types, true)));
    }

    private static Prepared beside(Change change, Types types) {
        return new Prepared(change, Version.first(change.bytes()).shaped(Detached.of(change.bytes(), types, true)));
    }

    static List<String> members(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE);
        return node.nestMembers == null ? List.of() : node.nestMembers;
    }
}
