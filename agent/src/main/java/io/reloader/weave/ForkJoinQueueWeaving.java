// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;
import net.bytebuddy.description.type.TypeDescription;

/** The queues of the JDK's ForkJoinPool, whose methods run the tasks: where a worker comes by that is never idle. */
final class ForkJoinQueueWeaving extends Weaving {
    private final int release;

    ForkJoinQueueWeaving(int release) {
        super("ForkJoinPool", Target.jdk("java/util/concurrent/ForkJoinPool$WorkQueue"));
        this.release = release;
    }

    @Override
    List<Site> sites() {
        return List.of(
                release < 25
                        ? new Site(ForkJoinAdvice.TryPoll.class, method("tryPoll", 0))
                        : new Site(ForkJoinAdvice.TopLevelExec.class, method("topLevelExec", 2)));
    }

    @Override
    boolean spares(TypeDescription type) {
        return ForkJoinWeaving.unknown(release);
    }
}
