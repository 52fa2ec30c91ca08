// SPDX-License-Identifier: Apache-2.0
package com.example.client;

import java.util.concurrent.atomic.AtomicLong;

/** Counts answers, and says on standard output when a rule is met and what failed. Called by every caller's thread. */
final class Tally {
    /** Answers under a rule until it counts as met: more than the server has threads. */
    private static final int ENOUGH = 40;

    private static final int TOLD = 10;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong connects = new AtomicLong();
    /** The version that the newest rule asks for. Guarded by this. */
    private int version;

    /** Good answers under the newest rule. Guarded by this. */
    private int met;

    void connected() {
        connects.incrementAndGet();
    }

    void answered(Rule rule) {
        requests.incrementAndGet();
        synchronized (this) {
            if (rule.version() > version) {
                version = rule.version();
                met = 0;
            }
            if (rule.version() == version && ++met == ENOUGH) {
                System.out.println("met " + version);
            }
        }
    }

    void failed(String what) {
        requests.incrementAndGet();
        if (failed.incrementAndGet() <= TOLD) {
            System.out.println("failed: " + what.strip());
        }
    }

    String summary() {
        return "summary requests=" + requests + " failed=" + failed + " connects=" + connects;
    }
}
