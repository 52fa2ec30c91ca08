// SPDX-License-Identifier: Apache-2.0
package io.reloader.observe;

import io.reloader.control.Journal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The journal as lines on the process's standard error: {@code reloader: <mark> <line>}. Writes to the descriptor, not
 * to {@link System#err}, which applications replace by their own logging and which a logging system of theirs may
 * count as its own start. One write a line, so that lines of several threads do not mix.
 */
public final class LineJournal implements Journal {
    private final OutputStream out;

    public LineJournal() {
        this(new FileOutputStream(FileDescriptor.err));
    }

    LineJournal(OutputStream out) {
        this.out = out;
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
        // A name may hold a line break; a journal line may not.
        String single = line.replace('\n', ' ').replace('\r', ' ');
        byte[] bytes = ("reloader: " + mark + " " + single + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            out.write(bytes);
        } catch (IOException closed) {
            // Standard error is gone; there is nobody to tell.
        }
    }
}
