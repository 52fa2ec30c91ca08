// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Findings.Verdict;
import io.reloader.lower.Carrier;
import io.reloader.lower.Homes;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Tells what looks added methods and constructors up, and does not find them. Take-up thread only. */
final class Unseen {
    private static final String INIT = "<init>";
    private static final Pattern PROPERTY =
            Pattern.compile("((get|is)\\p{Upper}\\w*\\(\\).+|set\\p{Upper}\\w*\\([^)]+\\)V)");

    private final Review review;
    private final Proxies proxies;

    Unseen(Review review, Proxies proxies) {
        this.review = review;
        this.proxies = proxies;
    }

    /** {@code shaped}: what the class runs. */
    void of(Change change, byte[] shaped, Homes planned, Homes before) {
        Shape after = shape(change.bytes());
        Set<String> lost = new TreeSet<>(shape(shaped).methods().keySet());
        lost.removeAll(after.methods().keySet());
        boolean replaced = lost.stream().anyMatch(each -> each.startsWith(INIT));
        Set<String> added = new TreeSet<>(planned.methods().keySet());
        added.removeAll(before.methods().keySet());
        for (String key : added) {
            int access = after.methods().getOrDefault(key, 0);
            if (key.startsWith(INIT)) {
                constructor(change.of(), key, replaced, after);
                beyond(change.of(), key, planned.carrier(), after);
            } else if ((access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0) {
                method(change.of(), key, access);
            }
        }
    }

    private static Shape shape(byte[] bytes) {
        return Shape.of(bytes, new Shape.Origin(null, null, true));
    }

    private void method(Candidate of, String key, int access) {
        String proxy = proxies.of(of.type());
        if (proxy != null) {
            review.verdicts.fault(
                    of,
                    Verdict.RESTART,
                    member(of, key) + " was added; " + proxy + " stands in for the class, and would run it on itself;"
                            + " restart the process");
        } else if (PROPERTY.matcher(key).matches() && (access & Opcodes.ACC_PUBLIC) != 0) {
            review.stale.add(member(of, key) + " was added: what looks for properties by reflection does not see it;"
                    + " restart to have it seen");
        }
    }

    /** Most look for the one without parameters, or for the only one. */
    private void constructor(Candidate of, String key, boolean replaced, Shape after) {
        if (after.is(Opcodes.ACC_ENUM | Opcodes.ACC_ABSTRACT) || Renumbered.isNumbered(of.name())) {
            return;
        }
        if (replaced) {
            review.stale.add(
                    member(of, key) + " was added, and another removed: what makes objects by reflection goes on"
                            + " with that; restart to have it use the new one");
        } else if (key.startsWith(INIT + "()")) {
            review.stale.add(member(of, key)
                    + " was added: what makes objects by reflection does not see it; restart to" + " have it seen");
        }
    }

    private void beyond(Candidate of, String key, @Nullable Carrier carrier, Shape after) {
        int access = after.methods().getOrDefault(key, 0);
        if (carrier != null && !after.is(Opcodes.ACC_FINAL) && carrier.narrower(access, after.is(Opcodes.ACC_PUBLIC))) {
            review.stale.add(member(of, key) + " was added: a subclass that comes and may call none of the constructors"
                    + " that there were cannot call it; restart before there is one");
        }
    }

    private static String member(Candidate of, String key) {
        int at = key.indexOf('(');
        return Names.method(of.name(), key.substring(0, at), key.substring(at));
    }
}
