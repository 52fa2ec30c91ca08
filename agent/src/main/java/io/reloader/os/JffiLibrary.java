// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import com.kenai.jffi.Init;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loads the jffi library of our own jar into our own loader. jffi's loader is passed by: it initialises a copy of
 * itself in the host's class loader, writes into the working directory, and touches java.util.logging, whose
 * manager a host like WildFly must be the first to choose.
 */
final class JffiLibrary {
    private JffiLibrary() {}

    /** Once only: of two copies one would make the calls and the other, bound later, be asked for their errno. */
    static synchronized void load() throws NativeUnavailable {
        if (Init.isLoaded()) {
            return;
        }
        String resource = Architecture.current().libraryResource();
        try (InputStream library = JffiLibrary.class.getClassLoader().getResourceAsStream(resource)) {
            if (library == null) {
                throw new NativeUnavailable(
                        "no native library for " + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        null);
            }
            loadBeforeExit(library.readAllBytes());
        } catch (IOException | RuntimeException e) {
            throw new NativeUnavailable("the native library could not be read (" + e + ")", e);
        }
    }

    private static void loadBeforeExit(byte[] library) throws NativeUnavailable {
        Exit exit = new Exit();
        Runtime.getRuntime().addShutdownHook(exit);
        try {
            loadFromFirst(places(), library);
        } finally {
            exit.done.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(exit);
            } catch (IllegalStateException e) {
                // The exit has begun and runs it.
            }
        }
    }

    /** A host that ends at once would otherwise take the loading thread with it and leave the file behind. */
    private static final class Exit extends Thread {
        private final CountDownLatch done = new CountDownLatch(1);

        Exit() {
            super("reloader-unpack");
        }

        @Override
        public void run() {
            try {
                // Bounded: the host's exit matters more than a file.
                done.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Directories that may be writable and executable, likeliest first; never the working directory. */
    static List<String> places() {
        List<String> places = new ArrayList<>();
        add(places, System.getProperty("java.io.tmpdir"), "");
        add(places, System.getenv("XDG_RUNTIME_DIR"), "");
        add(places, "/dev/shm", "");
        add(places, System.getProperty("user.home"), "/.cache");
        return places;
    }

    private static void add(List<String> places, @Nullable String place, String below) {
        if (place != null && place.startsWith("/")) {
            places.add(place + below);
        }
    }

    static void loadFromFirst(List<String> places, byte[] library) throws NativeUnavailable {
        StringBuilder reasons = new StringBuilder();
        for (String place : places) {
            try {
                loadFrom(Path.of(place), library);
                return;
            } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
                reasons.append(reasons.length() == 0 ? "" : ", ")
                        .append(place)
                        .append(": ")
                        .append(e);
            }
        }
        throw new NativeUnavailable("the native library could not be loaded (" + reasons + ")", null);
    }

    private static void loadFrom(Path place, byte[] library) throws IOException {
        Path directory = privateDirectory(place);
        Path file = directory.resolve("libjffi-1.2.so");
        try {
            Files.write(file, library);
            Init.load(file.toString());
        } finally {
            // The mapping outlives the name.
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        }
    }

    /** Not createTempDirectory, whose SecureRandom costs 30 ms: mkdir refuses a name that another took first. */
    private static Path privateDirectory(Path place) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                return Files.createDirectory(
                        place.resolve("reloader-" + Long.toHexString(System.nanoTime())),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                if (attempt == 10) {
                    throw e;
                }
            }
        }
    }
}
