// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import io.reloader.control.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A line that is asked within the process, and answered as on the socket; the asking thread is the socket's to it. */
public final class Visit {
    private final About about;
    private final Control control;
    private final String line;
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    public Visit(About about, Control control, String line) {
        this.about = about;
        this.control = control;
        this.line = line;
    }

    /** The lines of the answer, the last one the verdict; waits for it no longer than that. */
    public List<String> answer(long seconds) throws InterruptedException {
        Reply reply = new Reply(() -> tasks.add(() -> {}));
        List<String> lines = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            new Answers(about, control, tasks::add).accept(line, reply);
            while (!reply.ended()) {
                Runnable task = tasks.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (task == null) {
                    reply.end(Outcome.PARTIAL, "no verdict within " + seconds + " s; what was asked for goes on");
                } else {
                    task.run();
                }
                take(reply, lines);
            }
            take(reply, lines);
            return lines;
        } finally {
            reply.leave();
        }
    }

    private static void take(Reply reply, List<String> lines) {
        for (byte[] next = reply.next(); next != null; next = reply.next()) {
            lines.add(new String(next, StandardCharsets.UTF_8).stripTrailing());
        }
    }
}
