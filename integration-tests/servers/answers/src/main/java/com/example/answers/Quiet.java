// SPDX-License-Identifier: Apache-2.0
package com.example.answers;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Leaves of a server's log only what tells of trouble. */
public final class Quiet {
    /** The logging of the JDK keeps its loggers weakly. */
    private static final Logger ROOT = Logger.getLogger("");

    /** Tomcat warns of it when a busy machine takes more than 100 ms to make a random number generator. */
    private static final Logger SESSION_IDS = Logger.getLogger("org.apache.catalina.util.SessionIdGeneratorBase");

    private Quiet() {}

    public static void console() {
        ROOT.setLevel(Level.WARNING);
        SESSION_IDS.setLevel(Level.SEVERE);
    }
}
