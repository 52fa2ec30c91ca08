// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Findings.Finding;
import io.reloader.control.Findings.Verdict;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a reload has found out about each class that it looked at. Confined to the take-up thread. */
final class Verdicts {
    private final Map<Candidate, Verdict> verdicts = new HashMap<>();
    private final Map<Candidate, Set<String>> reasons = new HashMap<>();
    private final Set<String> faults = new TreeSet<>();

    Verdicts(Collection<String> faults) {
        this.faults.addAll(faults);
    }

    void found(Candidate of, Verdict verdict) {
        verdicts.merge(of, verdict, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    void found(Candidate of, Verdict verdict, String reason) {
        found(of, verdict);
        reasons.computeIfAbsent(of, each -> new TreeSet<>()).add(reason);
    }

    /** Keeps the whole reload from being applied. */
    void fault(Candidate of, Verdict verdict, String line) {
        found(of, verdict, line);
        faults.add(line);
    }

    /** The same, of a class that has not changed itself. */
    void fault(String line) {
        faults.add(line);
    }

    boolean refused() {
        return !faults.isEmpty();
    }

    Verdict of(Candidate candidate) {
        return verdicts.getOrDefault(candidate, Verdict.BODY);
    }

    /** Whether this class is among the reasons. */
    boolean against(Candidate of) {
        return verdicts.getOrDefault(of, Verdict.SAME).compareTo(Verdict.BROKEN) >= 0;
    }

    /** Why nothing is applied; sorted. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    List<Finding> findings() {
        return verdicts.entrySet().stream()
                .map(each -> finding(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(Finding::type).thenComparing(Finding::file))
                .toList();
    }

    private Finding finding(Candidate of, Verdict verdict) {
        return new Finding(
                of.human(), of.location().file(of.name()), verdict, List.copyOf(reasons.getOrDefault(of, Set.of())));
    }
}
