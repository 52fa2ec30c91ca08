// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends orders over one persistent connection; after a failure, over the next one. */
final class Caller implements Runnable {
    private static final String[] ORDERS = {
        "/orders?item=book&quantity=3", "/orders?item=pen&quantity=10", "/orders?item=lamp&quantity=1"
    };
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(100);

    private final LoadOptions options;
    private final Pace pace;
    private final StopSignal stop;
    private final Tally tally;
    private @Nullable Wire wire;
    private int sent;

    Caller(LoadOptions options, Pace pace, StopSignal stop, Tally tally) {
        this.options = options;
        this.pace = pace;
        this.stop = stop;
        this.tally = tally;
    }

    @Override
    public void run() {
        try {
            for (OptionalLong due = pace.next(); due.isPresent(); due = pace.next()) {
                call(due.getAsLong());
            }
        } catch (InterruptedException e) {
            tally.failed("interrupted");
        } finally {
            disconnect();
        }
    }

    private void call(long due) throws InterruptedException {
        try {
            Answer answer = connected().post(ORDERS[sent++ % ORDERS.length]);
            tally.accepted(answer, System.nanoTime() - due);
            if (answer.closing()) {
                disconnect();
            }
        } catch (LoadFailure e) {
            tally.failed(e.reason());
            disconnect();
            boolean unused = stop.within(PAUSE_AFTER_FAILURE);
        }
    }

    private Wire connected() throws LoadFailure {
        Wire current = wire;
        if (current == null) {
            current = Wire.open(options.target());
            tally.connected();
            wire = current;
        }
        return current;
    }

    private void disconnect() {
        Wire current = wire;
        wire = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                tally.failed("close");
            }
        }
    }
}
