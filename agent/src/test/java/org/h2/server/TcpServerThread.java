// SPDX-License-Identifier: Apache-2.0
package org.h2.server;

import java.util.concurrent.CountDownLatch;

/** Has the shape of H2's class: one thread runs it for as long as its connection lasts. */
public final class TcpServerThread implements Runnable {
    /** Read by name from outside. */
    final Object server;

    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    public TcpServerThread(Object server) {
        this.server = server;
    }

    public Object server() {
        return server;
    }

    /** Its request is answered; it waits for the next one. */
    public void answered() {
        answered.countDown();
    }

    public void close() {
        answered.countDown();
        closed.countDown();
    }

    @Override
    public void run() {
        try {
            process();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void process() throws InterruptedException {
        answered.await();
        readInt();
    }

    private void readInt() throws InterruptedException {
        closed.await();
    }
}
