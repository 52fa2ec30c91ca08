// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** What the agent is at, for whoever measures it. */
public enum Phase {
    /** Nothing is under way. */
    REST,
    /** The application is told that a reload comes. */
    PREPARE,
    /** Files are compared with what runs. */
    SCAN,
    /** Changed classes are compared, linked and verified; nothing has been touched. */
    CHECK,
    /** The JVM gets the new bytes, in one batch. */
    SWAP,
    /** Workers are replaced. */
    ROLL,
    /** The code that no thread runs any more is dropped. */
    SETTLE,
    /** A stop waits for what is in flight. */
    DRAIN
}
