// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.util.List;

/** What the threads of another JVM do. */
final class Threads {
    private Threads() {}

    /** A thread dump by the JDK's jstack. */
    static String dump(Jdk jdk, JvmProcess process) {
        return JvmProcess.run(List.of(jdk.tool("jstack").toString(), Long.toString(process.pid())))
                .log();
    }
}
