// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** The process we live in, as far as the control loop ends it. */
public interface Host {

    /** Runs the JVM's shutdown hooks, then exits with this status. Returns at once. */
    void exit(int status);

    /** Begins a new log file where the old one was renamed, in a process that writes one. Returns at once. */
    void reopenLog();

    /** Exits with this status now, without shutdown hooks. */
    void halt(int status);
}
