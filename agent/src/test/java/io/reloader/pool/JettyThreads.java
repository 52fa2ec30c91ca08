// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The live threads of a pool, by its name. */
final class JettyThreads {

    private JettyThreads() {}

    static List<Thread> of(QueuedThreadPool pool) {
        return named(pool.getName() + "-");
    }

    static List<Thread> named(String prefix) {
        List<Thread> all = new ArrayList<>();
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            if (each.getName().startsWith(prefix)) {
                all.add(each);
            }
        }
        return all;
    }
}
