// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import io.reloader.control.Questions;
import io.reloader.control.Status;
import io.reloader.door.About;
import io.reloader.door.Visit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * What the bean needs of the agent. Any thread, most often one of a JMX connector, which waits for the answer.
 *
 * @param about the agent
 * @param questions answers what its state is
 * @param tally what reloads have come to
 * @param visits makes one visit for each line that is asked
 * @param threads runs the listeners of notifications
 */
public record Desk(About about, Questions questions, Tally tally, Function<String, Visit> visits, Executor threads) {
    private static final long STATE_SECONDS = 10;
    private static final long VERDICT_SECONDS = 300;

    /** What is known at one moment. */
    record Picture(About about, Status status, Tally tally) {}

    /** @throws IllegalStateException if there is no answer */
    Picture picture() throws InterruptedException {
        try {
            Status status = questions.status().toCompletableFuture().get(STATE_SECONDS, TimeUnit.SECONDS);
            return new Picture(about, status, tally);
        } catch (TimeoutException e) {
            throw new IllegalStateException("there was no answer within " + STATE_SECONDS
                    + " s; the process may be overloaded, or reloader has left it");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the answer failed: " + e.getCause() + "; please report it");
        }
    }

    /** The lines of the answer, the last one the verdict. */
    List<String> ask(String line) throws InterruptedException {
        return visits.apply(line).answer(VERDICT_SECONDS);
    }
}
