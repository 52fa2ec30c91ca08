// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Puts the agent's jar where a process that sees other files than we do can read it. */
final class Delivery {
    private static final String COPY = "reloader.jar";

    private final File jar;
    private final String version;

    Delivery(File jar, String version) {
        this.jar = jar;
        this.version = version;
    }

    /** The jar's name as the process sees it. A copy stays: the process has it open. */
    String in(Target target) throws Unfit {
        Path name = jar.toPath().toAbsolutePath();
        if (!target.apart()) {
            return name.toString();
        }
        try {
            Path there = under(target, name);
            if (Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS) && Files.mismatch(there, jar.toPath()) == -1) {
                return name.toString();
            }
            Path directory = Path.of("/tmp/reloader-" + version);
            place(under(target, directory), under(target, directory.resolve(COPY)));
            return directory.resolve(COPY).toString();
        } catch (IOException e) {
            throw new Unfit(
                    ExitCode.FAILED,
                    "process " + target.pid() + " sees other files, and reloader.jar could not be copied to its /tmp: "
                            + e + "; run the command line inside its container");
        }
    }

    private static Path under(Target target, Path name) {
        return target.root().resolve(Path.of("/").relativize(name));
    }

    private void place(Path directory, Path copy) throws IOException {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (FileAlreadyExistsException e) {
            refuseForeign(directory);
        }
        if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            // Never overwritten: a process may have it open.
            if (!Files.isRegularFile(copy, LinkOption.NOFOLLOW_LINKS) || Files.mismatch(copy, jar.toPath()) != -1) {
                throw new IOException(copy + " is there and differs");
            }
            return;
        }
        Files.copy(jar.toPath(), copy);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** Another could have planted it, or write to it. */
    private static void refuseForeign(Path directory) throws IOException {
        boolean ours = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(Path.of("/proc/self")))
                && PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))
                        .equals("rwxr-xr-x");
        if (!ours) {
            throw new IOException(directory + " is not a directory of this user's alone");
        }
    }
}
