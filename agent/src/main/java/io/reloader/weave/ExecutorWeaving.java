// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatchers;

/** The JDK's ThreadPoolExecutor, and Tomcat's, which is a copy of it under another name. */
final class ExecutorWeaving extends Weaving {
    private static final String JDK = "java/util/concurrent/ThreadPoolExecutor";

    private ExecutorWeaving(String kind, Target target) {
        super(kind, target);
    }

    static ExecutorWeaving jdk() {
        return new ExecutorWeaving("ThreadPoolExecutor", Target.jdk(JDK));
    }

    static ExecutorWeaving tomcat() {
        return new ExecutorWeaving(
                "Tomcat's ThreadPoolExecutor", Target.library("org/apache/tomcat/util/threads/ThreadPoolExecutor"));
    }

    /** In older versions Tomcat's class is a mere subclass. */
    @Override
    boolean spares(TypeDescription type) {
        TypeDescription.Generic parent = type.getSuperClass();
        return parent != null && parent.asErasure().getInternalName().equals(JDK);
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
