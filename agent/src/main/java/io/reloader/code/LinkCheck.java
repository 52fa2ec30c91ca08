// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.code.Linkage.Break;
import io.reloader.code.Shape.Origin;
import io.reloader.control.Findings.Verdict;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the changed classes refer to and will not find. What did not link before either is no fault: libraries
 * are full of references to what is optional. Runs on the take-up thread, before the JVM is asked for anything.
 */
final class LinkCheck {
    private final Instrumentation instrumentation;
    private final LiveClasses classes;

    LinkCheck(Instrumentation instrumentation, LiveClasses classes) {
        this.instrumentation = instrumentation;
        this.classes = classes;
    }

    /**
     * What is to be checked.
     *
     * @param broken those of the changes that cannot be read
     * @param live what a loaded class runs now; null if that is not known
     * @param lowers whether a loaded class loses members
     */
    record Batch(
            List<Change> changes, Set<Candidate> broken, Function<Candidate, byte @Nullable []> live, boolean lowers) {}

    private static final Batch NOTHING = new Batch(List.of(), Set.of(), of -> null, false);

    World world(Batch batch) {
        return new World(instrumentation, classes.tables(), batch);
    }

    void run(Batch batch, Verdicts verdicts) {
        if (batch.changes.isEmpty()) {
            return;
        }
        Links links = new Links(world(batch), world(NOTHING), batch.changes, batch.lowers);
        for (Change change : batch.changes) {
            Candidate of = change.of();
            ClassLoader loader = of.table().loader();
            if (loader != null && !batch.broken.contains(of)) {
                try {
                    links.check(change, loader, before(change, loader, batch.live), verdicts);
                } catch (RuntimeException | StackOverflowError | AssertionError e) {
                    verdicts.fault(
                            of,
                            Verdict.BROKEN,
                            of.human() + " is damaged (" + e.getClass().getSimpleName()
                                    + "); build and deploy it again");
                }
            }
        }
    }

    /** Null if it is gone, as it is once a file in a directory has been replaced. */
    private static byte @Nullable [] before(
            Change change, ClassLoader loader, Function<Candidate, byte @Nullable []> live) {
        byte[] known = live.apply(change.of());
        if (known != null || change.of().location().directory()) {
            return known;
        }
        try {
            byte[] file = World.file(loader, change.of().name());
            return Arrays.equals(file, change.bytes()) ? null : file;
        } catch (IOException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    private static final class Links {
        private final World world;
        private final World before;
        private final Set<String> packages;

        /** A class that is loaded loses no member, unless it is lowered. */
        private final boolean loses;

        Links(World world, World before, List<Change> changes, boolean lowers) {
            this.world = world;
            this.before = before;
            packages =
                    changes.stream().map(each -> packageOf(each.of().human())).collect(Collectors.toSet());
            loses = lowers || changes.stream().anyMatch(each -> each.of().type() == null);
        }

        void check(Change change, ClassLoader loader, byte @Nullable [] live, Verdicts verdicts) {
            Candidate of = change.of();
            Module module = of.type() == null ? null : of.type().getModule();
            Shape mine = Shape.of(change.bytes(), new Origin(loader, module, true));
            Linkage linkage = new Linkage(world, loader, mine, module);
            if (of.type() == null) {
                verify(change, linkage, live, verdicts);
            }
            Set<Reference> known = live == null ? Set.of() : References.bare(live);
            boolean shown = World.shows(loader, of.name());
            for (References.Use use : References.in(change.bytes())) {
                boolean old = known.contains(use.reference());
                if (old && !loses) {
                    continue;
                }
                Break found = linkage.of(use.reference());
                if (found != null
                        && counts(found, live != null, shown)
                        && !(old && !linkage.changes(use.reference()))) {
                    verdicts.fault(
                            of,
                            Verdict.BROKEN,
                            use.member() + " refers to " + found.subject() + ", which " + found.fact() + "; "
                                    + remedy(found));
                }
            }
        }

        /** The JVM verifies the loaded ones itself. Code that is no worse than it was is no fault here either. */
        private void verify(Change change, Linkage linkage, byte @Nullable [] live, Verdicts verdicts) {
            Map<String, String> faults = Verification.faults(change.bytes(), linkage);
            if (!faults.isEmpty() && live != null) {
                ClassLoader loader = linkage.from();
                Shape old = Shape.of(live, new Origin(loader, null, false));
                faults.keySet()
                        .removeAll(Verification.faults(live, new Linkage(before, loader, old, null))
                                .keySet());
            }
            faults.forEach((member, words) -> verdicts.fault(
                    change.of(),
                    Verdict.BROKEN,
                    member + " does not pass the bytecode verifier (" + words + "); build it against what is running"
                            + " here"));
        }

        /** Whether a missing type is one that must be there. */
        private boolean counts(Break found, boolean knownBefore, boolean shown) {
            return found.owner() != null || (shown && (knownBefore || packages.contains(packageOf(found.type()))));
        }

        private static String remedy(Break found) {
            Shape owner = found.owner();
            if (owner == null) {
                return "deploy " + found.type() + " too";
            }
            Module module = owner.origin().module();
            if (module != null
                    && module.isNamed()
                    && module.getLayer() == ModuleLayer.boot()
                    && found.type().startsWith("java.")) {
                return "compile it with --release " + Runtime.version().feature();
            }
            if (found.fact().endsWith("does not export") && module != null) {
                return "restart with --add-exports " + module.getName() + "/" + owner.packageName() + "=ALL-UNNAMED";
            }
            return owner.origin().changed()
                    ? "build both together and deploy them again"
                    : "deploy " + found.type() + " too";
        }

        private static String packageOf(String type) {
            return type.substring(0, Math.max(0, type.lastIndexOf('.')));
        }
    }
}
