// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.nio.file.Path;

/** Another process holds the pid file; the message is for the operator. */
public final class PidFileHeld extends Exception {
    PidFileHeld(Path path, String pid) {
        super("already running" + (pid.isEmpty() ? "" : ", pid " + pid) + " (it holds " + path + "); stop it first");
    }
}
