// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.nio.file.Path;
import java.util.List;

/** What {@link Served} starts: a program, the client that speaks its protocol, and the threads to look at. */
interface Program {

    /** Of these the sizes are known; the first is counted each millisecond. */
    List<ServedPool> pools();

    /** The command line that its users write, with a class directory in front of its own classes. */
    Java command(Java java, Path classes);

    /** Class files have come into the directory. */
    default void deployed(Path classes) {}

    /** Whether the first pool tells its own size. */
    default boolean tellsItsSize() {
        return false;
    }

    /** What else its console shows, by itself. */
    default String says() {
        return "";
    }

    /** Whether it keeps SIGTERM for itself, once attached to. */
    default boolean keepsTerm() {
        return false;
    }

    Java client(Java java, int port);
}
