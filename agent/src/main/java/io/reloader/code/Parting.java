// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ends the watch over classes. Those that were taken up keep the code they run: it is made their own by a redefinition,
 * because nobody hands it out any more when they are retransformed. On the thread that detaches, no reload under way.
 */
final class Parting {
    /** Before, a redefinition leaves the bytes that the JVM kept from a retransformation in force for the next one. */
    private static final int FIRST_SOUND = 25;

    private static final int NAMED = 5;

    private final Instrumentation instrumentation;
    private final LiveClasses classes;

    Parting(Instrumentation instrumentation, LiveClasses classes) {
        this.instrumentation = instrumentation;
        this.classes = classes;
    }

    /** @param notes told what stays, in lines */
    void run(List<Candidate> loaded, Consumer<String> notes) {
        List<ClassDefinition> kept = new ArrayList<>();
        for (Candidate each : loaded) {
            if (each.type() != null && each.live() != null && each.live().version() != null) {
                kept.add(new ClassDefinition(each.type(), each.live().version().current()));
            }
        }
        if (!kept.isEmpty()) {
            keep(kept, notes);
        }
        long ahead = classes.tables().ahead();
        if (ahead > 0) {
            notes.accept("detach: " + ahead + (ahead == 1 ? " changed class that is" : " changed classes that are")
                    + " not loaded yet will come as the class loader has them: from a replaced jar, the old ones");
        }
        instrumentation.removeTransformer(classes);
    }

    private void keep(List<ClassDefinition> kept, Consumer<String> notes) {
        boolean sound = Runtime.version().feature() >= FIRST_SOUND;
        List<String> revocable = new ArrayList<>();
        // One pause for all; one that fails keeps the others from it.
        boolean all = redefined(kept.toArray(ClassDefinition[]::new));
        for (ClassDefinition each : kept) {
            if (!sound || !(all || redefined(each))) {
                revocable.add(each.getDefinitionClass().getName());
            }
        }
        List<String> names =
                kept.stream().map(each -> each.getDefinitionClass().getName()).toList();
        notes.accept("detach: " + count(names) + (names.size() == 1 ? " keeps" : " keep")
                + " the code of the last reload: " + some(names));
        if (!revocable.isEmpty()) {
            notes.accept("detach: another agent that retransforms "
                    + (revocable.size() == kept.size() ? "them" : some(revocable))
                    + " gets the code before the first reload back; restart the process before such an agent is used");
        }
    }

    private boolean redefined(ClassDefinition... definitions) {
        try {
            instrumentation.redefineClasses(definitions);
            return true;
        } catch (ClassNotFoundException | UnmodifiableClassException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    private static String count(List<String> names) {
        return names.size() + (names.size() == 1 ? " class" : " classes");
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }
}
