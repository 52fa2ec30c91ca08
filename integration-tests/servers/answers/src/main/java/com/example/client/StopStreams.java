// SPDX-License-Identifier: Apache-2.0
package com.example.client;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@link StopLoad} over HTTP/2: no stream that could be written may go without its answer, unless the server says, by
 * GOAWAY or RST_STREAM, that it never looked at it.
 */
public final class StopStreams {
    /** Longer than a connection may be quiet whose callers all have their answers. */
    private static final int LATER_MILLIS = 2_500;

    private final int port;
    private final int slowMillis;
    private final boolean grpc;
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger unseen = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger goaway = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();

    private StopStreams(int port, int slowMillis, boolean grpc) {
        this.port = port;
        this.slowMillis = slowMillis;
        this.grpc = grpc;
    }

    /** PORT KEPT FRESH SLOW_MILLIS [grpc]: how many keep their connections and how many do not. */
    public static void main(String[] args) throws InterruptedException {
        StopStreams load = new StopStreams(Integer.parseInt(args[0]), Integer.parseInt(args[3]), args.length > 4);
        Callers callers = new Callers();
        callers.add(Integer.parseInt(args[1]), "kept", i -> load.call(true));
        callers.add(Integer.parseInt(args[2]), "fresh", i -> load.call(false));
        callers.run(load.good::get);
        load.lost.forEach(System.out::println);
        System.out.println("summary good=" + load.good + " lost=" + load.lost.size() + " refused=" + load.refused
                + " unseen=" + load.unseen + " goaway=" + load.goaway + " closed=" + load.closed);
    }

    private void call(boolean keep) {
        try {
            while (connectAndAsk(keep)) {
                Callers.pause();
            }
        } catch (InterruptedException e) {
            lost.add("wrong: " + e);
        }
    }

    /** False once no connection can be had. */
    private boolean connectAndAsk(boolean keep) throws InterruptedException {
        Http2Caller caller;
        try {
            caller = new Http2Caller(port, grpc);
        } catch (IOException e) {
            refused.incrementAndGet();
            return false;
        }
        int counted = 0;
        try {
            caller.begin();
            while (caller.ask(path()) && keep) {
                int now = caller.good();
                good.addAndGet(now - counted);
                counted = now;
                Callers.pause();
            }
            caller.finish();
        } catch (IOException e) {
            lost.add("lost connection: " + e);
        }
        good.addAndGet(caller.good() - counted);
        unseen.addAndGet(caller.refused());
        lost.addAll(caller.lost());
        (caller.toldToGo() ? goaway : closed).incrementAndGet();
        return true;
    }

    private String path() {
        return switch (ThreadLocalRandom.current().nextInt(256)) {
            case 0 -> "/later?ms=" + LATER_MILLIS;
            case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 -> "/slow?ms=" + slowMillis;
            default -> "/hello";
        };
    }
}
