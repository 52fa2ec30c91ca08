// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import io.reloader.control.Journal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines with their mark. */
final class RecordingJournal implements Journal {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void setting(String line) {
        lines.add("* " + line);
    }

    @Override
    public void event(String line) {
        lines.add("- " + line);
    }

    @Override
    public void detail(String line) {
        lines.add("+ " + line);
    }

    @Override
    public void trouble(String line) {
        lines.add("! " + line);
    }
}
