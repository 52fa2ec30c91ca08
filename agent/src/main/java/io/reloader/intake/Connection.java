// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import io.reloader.os.TcpInfo;
import java.util.function.BooleanSupplier;

/**
 * Whether one connection waits for an answer, judged by which way data went last. The kernel cannot know what a message
 * means, so nothing is waited for without end. Used by the intake's thread.
 */
final class Connection {
    /** A caller that has just had its answer may send its next request, and learn from that answer to go elsewhere. */
    private static final long LINGER = 1_000;

    /** A caller that has just connected is about to send its first request. */
    private static final long FIRST = 1_000;

    /** What came and went within one tick of the kernel has no order: one that asks at once is taken to have asked. */
    private static final long UNORDERED = 1_500;

    private static final long SURELY_ANSWERED = 5_000;

    /** Messages without answers, as of log shippers, and answers without end, as of event streams, end nothing. */
    private static final long ONE_WAY = 10_000;

    /** What the intake does about it. */
    enum Verdict {
        /** It waits for an answer, or was just given one. */
        AWAIT,
        /** It has its answer: if no worker is at work, no more of it will come. */
        END,
        /** Its state tells nothing; it is left to the workers. */
        LEAVE
    }

    private final long since;
    private int in;
    private int out;
    private long inSince;
    private long outSince;

    Connection(TcpInfo info, long now) {
        since = now;
        in = info.segmentsIn();
        out = info.segmentsOut();
        inSince = now;
        outSince = now;
    }

    /** Whether this can be the connection that was seen before under the same descriptor. */
    boolean follows(TcpInfo info) {
        return info.segmentsIn() - in >= 0 && info.segmentsOut() - out >= 0;
    }

    /**
     * One more look.
     *
     * @param unread whether some of what came was not read yet
     * @param owes asked where the kernel does not tell: whether its server knows of streams without an answer, which
     *     may also be such as never end
     * @param now in milliseconds
     */
    Verdict look(TcpInfo info, boolean unread, BooleanSupplier owes, long now) {
        note(info, now);
        Verdict verdict = judge(info, unread, now);
        if (verdict == Verdict.AWAIT || !owes.getAsBoolean()) {
            return verdict;
        }
        return now - since < ONE_WAY ? Verdict.AWAIT : Verdict.LEAVE;
    }

    private Verdict judge(TcpInfo info, boolean unread, long now) {
        if (info.sending() && info.acknowledged() < ONE_WAY) {
            return Verdict.AWAIT;
        }
        boolean oneWay = now - inSince >= ONE_WAY || now - outSince >= ONE_WAY;
        if (unread) {
            return oneWay ? Verdict.LEAVE : Verdict.AWAIT;
        }
        if (info.segmentsIn() == 0) {
            return info.received() < FIRST ? Verdict.AWAIT : Verdict.END;
        }
        if (info.sent() == info.received()) {
            return info.sent() < UNORDERED
                    ? Verdict.AWAIT
                    : info.sent() < SURELY_ANSWERED ? Verdict.LEAVE : Verdict.END;
        }
        if (info.sent() > info.received()) {
            return oneWay ? Verdict.LEAVE : Verdict.AWAIT;
        }
        if (info.sent() >= LINGER) {
            return Verdict.END;
        }
        return oneWay ? Verdict.LEAVE : Verdict.AWAIT;
    }

    /** Of a connection that the application has made itself: whether it may wait for a reply. */
    static boolean asks(TcpInfo info) {
        boolean unordered = info.sent() == info.received() && info.sent() < SURELY_ANSWERED;
        return info.segmentsOut() > 0 && (info.sent() < info.received() || unordered || info.sending());
    }

    private void note(TcpInfo info, long now) {
        if (info.segmentsIn() != in) {
            in = info.segmentsIn();
            inSince = now;
        }
        if (info.segmentsOut() != out) {
            out = info.segmentsOut();
            outSince = now;
        }
    }
}
