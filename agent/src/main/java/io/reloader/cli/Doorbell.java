// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import jnr.posix.POSIXFactory;

/**
 * Has a JVM open its attach socket: HotSpot does when it gets SIGQUIT and finds a file of a certain name. Both are in
 * its temporary directory, always /tmp, as the process sees it.
 */
final class Doorbell {
    private static final int SIGQUIT = 3;
    private static final int ATTEMPTS = 50;
    private static final long PAUSE_MILLIS = 200;

    private final Target target;

    Doorbell(Target target) {
        this.target = target;
    }

    /** The socket, once it is there. */
    File ring() throws IOException {
        Path place = target.root().resolve("tmp");
        File socket = place.resolve(".java_pid" + target.inner()).toFile();
        if (socket.exists()) {
            return socket;
        }
        Path asked = place.resolve(".attach_pid" + target.inner());
        try {
            Files.createFile(asked);
        } catch (FileAlreadyExistsException left) {
            // By one that was killed; it asks as well.
        }
        try {
            POSIXFactory.getPOSIX().kill((int) target.pid(), SIGQUIT);
            for (int i = 0; !socket.exists(); i++) {
                if (i == ATTEMPTS) {
                    throw new IOException("no socket after " + ATTEMPTS * PAUSE_MILLIS / 1000 + " s");
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        } finally {
            Files.deleteIfExists(asked);
        }
        return socket;
    }
}
