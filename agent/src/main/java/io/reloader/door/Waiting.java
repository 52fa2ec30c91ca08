// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import io.reloader.control.Audience;
import io.reloader.control.Outcome;
import io.reloader.control.PoolState;
import io.reloader.control.UnderWay;
import io.reloader.control.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client that waits for what its command comes to: one verdict, or, where it gave two, the worse one. */
final class Waiting implements Audience.Listener {
    private final Reply reply;
    private final Map<String, Integer> shown = new HashMap<>();

    // Under this.
    private int left;
    private @Nullable Verdict worst;

    Waiting(Reply reply, int commands) {
        this.reply = reply;
        this.left = commands;
    }

    @Override
    public void line(char mark, String line) {
        reply.line("reloader: " + mark + " " + line);
    }

    @Override
    public synchronized void ended(Verdict verdict) {
        if (worst == null || worst.outcome() == Outcome.DONE) {
            worst = verdict;
        }
        if (--left > 0) {
            line('-', verdict.line());
        } else {
            reply.end(worst.outcome(), worst.line());
        }
    }

    /** Socket's thread only. Of each pool that has come on. */
    void progress(Optional<UnderWay> underWay) {
        underWay.ifPresent(under -> {
            for (PoolState pool : under.pools()) {
                Integer before = shown.put(under.number() + " " + pool.name(), pool.rolled());
                if (pool.renewable() > 0 && (before == null || before != pool.rolled())) {
                    reply.line("progress: " + under.number() + " " + pool.rolled() + "/" + pool.renewable() + " "
                            + pool.name());
                }
            }
        });
    }
}
