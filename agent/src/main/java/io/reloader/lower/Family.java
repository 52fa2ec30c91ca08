// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The counted classes of one class, before and after. Pairs by what is the same, then by what is plain: as objects of a
 * class would run what it is paired with, those that may be one or the other are left alone.
 */
final class Family {
    private static final Set<String> ONCE = Set.of("<clinit>");

    private final Sides sides;

    /** By class file. */
    private final Map<String, String> names;

    private final List<Member> came = new ArrayList<>();
    private final List<Member> went = new ArrayList<>();

    Family(Sides sides, Map<String, String> names) {
        this.sides = sides;
        this.names = names;
    }

    /**
     * What is known of all counted classes, by name.
     *
     * @param colours of one colour are those that are the same
     */
    record Sides(
            Map<String, CountedClass> before,
            Map<String, CountedClass> after,
            Map<String, String> coloursBefore,
            Map<String, String> colours) {}

    /**
     * One of them.
     *
     * @param number its place in the source, among those of its name
     * @param makers methods that make objects of it
     * @param known whether it is loaded
     * @param used whether a class file held it
     */
    private record Member(String name, int number, Set<String> makers, boolean known, boolean used) {
        /** What it has in common with those that it may be taken for. */
        boolean near(Member other) {
            return Counted.local(name).equals(Counted.local(other.name)) && makers.equals(other.makers);
        }
    }

    void came(String file, Set<String> makers) {
        came.add(new Member(file, Counted.number(file), makers, true, true));
    }

    /** {@code file}: empty if it has none. */
    void went(String name, String file, Set<String> makers) {
        went.add(new Member(name, Counted.number(file.isEmpty() ? name : file), makers, true, !file.isEmpty()));
    }

    /** One that is not loaded. */
    void unknown(String name, Set<String> makers) {
        went.add(new Member(name, Counted.number(name), makers, false, true));
    }

    void match() {
        came.sort(Comparator.comparingInt(Member::number));
        went.sort(Comparator.comparingInt(Member::number));
        pair((file, old) -> old.used && same(file, old) && file.near(old) && file.number == old.number);
        pair((file, old) -> old.used && same(file, old) && file.near(old));
        pair((file, old) -> old.used && same(file, old));
        pair((file, old) -> !old.used && same(file, old));
        only((file, old) -> file.near(old) && weaklySame(file, old), Member::near);
        nearest();
        for (Member file : came) {
            inPlace(file);
        }
        only((file, old) -> file.near(old) && follows(file, old), Member::near);
        only(this::follows, (file, old) -> true);
        for (Member file : came) {
            unloaded(file);
        }
    }

    /** The code of a thread that goes on with the old version may load one yet. */
    private void unloaded(Member file) {
        List<Member> then = went.stream()
                .filter(old -> !old.known && maybe(file, old) && file.near(old))
                .toList();
        List<Member> now = came.stream()
                .filter(each -> file.near(each) && !names.containsKey(each.name))
                .toList();
        if (then.size() == now.size() && !file.makers.isEmpty()) {
            for (int i = 0; i < now.size(); i++) {
                names.put(now.get(i).name, then.get(i).name);
            }
        }
    }

    private void pair(BiPredicate<Member, Member> fits) {
        for (Member file : came) {
            for (Member old : went) {
                if (open(file, old) && fits.test(file, old)) {
                    names.put(file.name, old.name);
                }
            }
        }
    }

    /** Where each is the other's only one; {@code may}: whether one that is not loaded may be what it was. */
    private void only(BiPredicate<Member, Member> fits, BiPredicate<Member, Member> may) {
        for (Member file : came) {
            List<Member> olds = went.stream()
                    .filter(old -> maybe(file, old) && (old.known ? fits : may).test(file, old))
                    .toList();
            if (olds.size() == 1
                    && olds.get(0).known
                    && came.stream()
                                    .filter(each -> maybe(each, olds.get(0)) && fits.test(each, olds.get(0)))
                                    .count()
                            == 1) {
                names.put(file.name, olds.get(0).name);
            }
        }
    }

    /** Those that have more methods in common with each other than with any else. */
    private void nearest() {
        for (Member file : came) {
            Member old = best(file, went, (one, other) -> score(one, other));
            if (old != null && Objects.equals(best(old, came, (one, other) -> score(other, one)), file)) {
                names.put(file.name, old.name);
            }
        }
    }

    private interface Score {
        int of(Member one, Member other);
    }

    private static @Nullable Member best(Member of, List<Member> others, Score score) {
        Member best = null;
        int most = 0;
        for (Member each : others) {
            int found = score.of(of, each);
            if (found == most) {
                best = null;
            } else if (found > most) {
                most = found;
                best = each;
            }
        }
        return best;
    }

    private int score(Member file, Member old) {
        CountedClass after = sides.after.get(file.name);
        CountedClass before = sides.before.get(old.name);
        return after != null && before != null && open(file, old) && follows(file, old) ? after.shared(before) : 0;
    }

    /** Where there are as many as before, and none is known to have moved, each is what was in its place. */
    private void inPlace(Member file) {
        List<Member> now = came.stream().filter(file::near).toList();
        List<Member> then =
                went.stream().filter(each -> each.used && file.near(each)).toList();
        if (now.size() != then.size()) {
            return;
        }
        for (int i = 0; i < now.size(); i++) {
            String name = names.get(now.get(i).name);
            boolean moved = name != null ? !name.equals(then.get(i).name) : names.containsValue(then.get(i).name);
            if (moved) {
                return;
            }
        }
        Member old = then.get(now.indexOf(file));
        if (open(file, old) && follows(file, old)) {
            names.put(file.name, old.name);
        }
    }

    private boolean open(Member file, Member old) {
        return old.known && maybe(file, old);
    }

    private boolean maybe(Member file, Member old) {
        return !names.containsKey(file.name)
                && !names.containsValue(old.name)
                && Counted.local(file.name).equals(Counted.local(old.name));
    }

    private boolean same(Member file, Member old) {
        String colour = sides.colours.get(file.name);
        return colour != null && colour.equals(sides.coloursBefore.get(old.name));
    }

    private boolean weaklySame(Member file, Member old) {
        CountedClass after = sides.after.get(file.name);
        CountedClass before = sides.before.get(old.name);
        return old.used && after != null && before != null && after.weakText().equals(before.weakText());
    }

    /** Whether the one may be a new form of the other: its objects have what that needs, or there is one for ever. */
    private boolean follows(Member file, Member old) {
        CountedClass after = sides.after.get(file.name);
        CountedClass before = sides.before.get(old.name);
        return old.used
                && after != null
                && before != null
                && after.alike(before)
                && (before.holds(after) || (file.makers.equals(ONCE) && old.makers.equals(ONCE)));
    }
}
