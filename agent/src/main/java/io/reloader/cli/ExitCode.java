// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

/** What every verb exits with. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    /** No such process, or no agent in it. */
    static final int NOT_RUNNING = 3;

    /** The deadline has passed, or some of it is not done. */
    static final int UNFINISHED = 4;

    private ExitCode() {}
}
