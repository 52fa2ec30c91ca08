// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatchers;

/** The JDK's ForkJoinPool, which is another one in nearly every release: of the unknown ones, nothing is woven. */
final class ForkJoinWeaving extends Weaving {
    private final int release;

    ForkJoinWeaving(int release) {
        super("ForkJoinPool", Target.jdk("java/util/concurrent/ForkJoinPool"));
        this.release = release;
    }

    @Override
    List<Site> sites() {
        List<Site> sites = new ArrayList<>(List.of(
                // The other public constructors call this one; the common pool is met by its workers.
                new Site(
                        ForkJoinAdvice.Constructor.class,
                        ElementMatchers.isConstructor().and(ElementMatchers.takesArguments(10))),
                new Site(ForkJoinAdvice.DeregisterWorker.class, method("deregisterWorker", 2))));
        if (release < 25) {
            sites.add(new Site(ForkJoinAdvice.RunWorker.class, method("runWorker", 1)));
            sites.add(new Site(ForkJoinAdvice.AwaitWork.class, method("awaitWork", 1)));
            sites.add(new Site(ForkJoinAdvice.Scan.class, method("scan", 3)));
        } else {
            sites.add(new Site(ForkJoinAdvice.RunWorkerCatching.class, method("runWorker", 1)));
            sites.add(new Site(ForkJoinAdvice.Deactivate.class, method("deactivate", 2)));
        }
        return sites;
    }

    @Override
    boolean spares(TypeDescription type) {
        return unknown(release);
    }

    /** {@code ForkJoinVersion} in the package of the pools says so to the operator. */
    static boolean unknown(int release) {
        return release != 17 && release != 21 && release != 25;
    }
}
