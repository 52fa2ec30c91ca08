// SPDX-License-Identifier: Apache-2.0
package com.example.answers;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Leaves of a server's log only what tells of trouble. */
public final class Quiet {
    /** The logging of the JDK keeps its loggers weakly. */
    private static final Logger ROOT = Logger.getLogger("");

    private Quiet() {}

    public static void console() {
        ROOT.setLevel(Level.WARNING);
    }
}
