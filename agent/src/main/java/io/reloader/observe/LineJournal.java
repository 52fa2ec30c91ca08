// SPDX-License-Identifier: Apache-2.0
package io.reloader.observe;

import io.reloader.control.Journal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/**
 * The journal as lines on the process's standard error: {@code reloader: <mark> <line>}. Writes to the descriptor, not
 * to {@link System#err}, which applications replace by their own logging and which a logging system of theirs may
 * count as its own start. One write a line, so that lines of several threads do not mix. Returns once the line is
 * written, but waits for no reader: the control thread must hear a stop though nobody empties the pipe.
 */
public final class LineJournal implements Journal {
    private final LineWriter writer;

    /** @param threads runs the writing, on a thread that must keep no host alive */
    public LineJournal(Executor threads) {
        this(new FileOutputStream(FileDescriptor.err), threads);
    }

    LineJournal(OutputStream out, Executor threads) {
        writer = new LineWriter(out, threads);
    }

    @Override
    public void setting(String line) {
        write('*', line);
    }

    @Override
    public void event(String line) {
        write('-', line);
    }

    @Override
    public void detail(String line) {
        write('+', line);
    }

    @Override
    public void trouble(String line) {
        write('!', line);
    }

    private void write(char mark, String line) {
        writer.write(bytes(mark, line));
    }

    static byte[] bytes(char mark, String line) {
        // A name may hold a line break; a journal line may not.
        String single = line.replace('\n', ' ').replace('\r', ' ');
        return ("reloader: " + mark + " " + single + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
