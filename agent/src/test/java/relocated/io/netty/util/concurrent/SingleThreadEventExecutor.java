// SPDX-License-Identifier: Apache-2.0
package relocated.io.netty.util.concurrent;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Has the shape of Netty's class: the fields that a look from outside goes by. */
public class SingleThreadEventExecutor {
    /** Read by name from outside. */
    final Object parent;

    final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    /** Written by the loop's thread. */
    volatile @Nullable Thread thread;

    public SingleThreadEventExecutor(Object parent) {
        this.parent = parent;
    }

    /** Starts the loop, on a thread that knows it through wrappers only. */
    public Thread start(String name) {
        Runnable loop = this::run;
        Thread started = new Thread(() -> loop.run(), name);
        thread = started;
        started.start();
        return started;
    }

    public Object parent() {
        return parent;
    }

    public void execute(Runnable task) {
        tasks.add(task);
    }

    private void run() {
        try {
            while (true) {
                tasks.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
