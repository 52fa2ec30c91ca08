// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.nio.file.Path;

/** The pid file is another's; the message is for the operator. */
public final class PidFileHeld extends Exception {
    private static final long serialVersionUID = 1L;

    private PidFileHeld(String message) {
        super(message);
    }

    static PidFileHeld locked(Path path, String pid) {
        return new PidFileHeld(
                "already running" + (pid.isEmpty() ? "" : ", pid " + pid) + " (it holds " + path + "); stop it first");
    }

    static PidFileHeld foreign(Path path, long pid) {
        return new PidFileHeld("pidfile=" + path + " names process " + pid
                + ", which lives and is no daemon of reloader's; stop it, or name another file");
    }

    static PidFileHeld noPidFile(Path path) {
        return new PidFileHeld(
                "pidfile=" + path + " holds something else than a process number; remove it, or name another file");
    }
}
