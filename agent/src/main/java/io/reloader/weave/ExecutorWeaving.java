// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;
import net.bytebuddy.matcher.ElementMatchers;

/** The JDK's ThreadPoolExecutor. */
final class ExecutorWeaving extends Weaving {

    ExecutorWeaving() {
        super("ThreadPoolExecutor", Target.jdk("java/util/concurrent/ThreadPoolExecutor"));
    }

    @Override
    List<Site> sites() {
        return List.of(
                new Site(ExecutorAdvice.RunStateAtLeast.class, method("runStateAtLeast", 2)),
                new Site(ExecutorAdvice.DecrementWorkerCount.class, method("decrementWorkerCount", 0)),
                new Site(ExecutorAdvice.ProcessWorkerExit.class, method("processWorkerExit", 2)),
                new Site(ExecutorAdvice.Reject.class, method("reject", 1)),
                new Site(ExecutorAdvice.RunWorker.class, method("runWorker", 1)),
                // The other constructors call this one.
                new Site(
                        ExecutorAdvice.Constructor.class,
                        ElementMatchers.isConstructor().and(ElementMatchers.takesArguments(7))));
    }
}
