// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import io.reloader.options.Option;
import io.reloader.options.Options;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** The paths of a daemon, in full, and the rules they must keep. Read in both JVMs, the foreground's and the daemon's. */
final class Places {
    private static final String INHERIT = "inherit";

    private final Options options;

    Places(Options options) {
        this.options = options;
    }

    boolean inheritsLog() {
        return options.text(Option.LOG).equals(INHERIT);
    }

    /** Not to be asked if {@link #inheritsLog}. */
    Path log() {
        return Path.of(options.text(Option.LOG)).toAbsolutePath();
    }

    boolean hasPidFile() {
        return !options.text(Option.PIDFILE).isEmpty();
    }

    Path pidFile() {
        return Path.of(options.text(Option.PIDFILE)).toAbsolutePath();
    }

    /** Told to the shell that asked, rather than found out in a log that cannot be written. */
    void check() throws IOException {
        if (inheritsLog() && options.text(Option.READY).startsWith("log:")) {
            throw new IOException("ready=" + options.text(Option.READY) + " needs a log file; log=inherit has none");
        }
        String directory = options.text(Option.CHDIR);
        if (directory.isEmpty()) {
            return;
        }
        inFull("chdir", directory);
        inFull("config", options.text(Option.CONFIG));
        inFull("pidfile", options.text(Option.PIDFILE));
        if (!inheritsLog()) {
            inFull("log", options.text(Option.LOG));
        }
        if (options.text(Option.READY).startsWith("file:")) {
            inFull("ready", options.text(Option.READY).substring("file:".length()));
        }
        // With -jar, that is the jar.
        allInFull("the class path", System.getProperty("java.class.path", ""));
        allInFull("the module path", System.getProperty("jdk.module.path", ""));
    }

    private void allInFull(String what, String path) throws IOException {
        int start = 0;
        while (start < path.length()) {
            int end = path.indexOf(File.pathSeparatorChar, start);
            end = end < 0 ? path.length() : end;
            inFull(what, path.substring(start, end));
            start = end + 1;
        }
    }

    private void inFull(String what, String path) throws IOException {
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IOException("chdir=" + options.text(Option.CHDIR) + ": " + what + " (" + path
                    + ") is relative to the directory that is left; write it in full");
        }
    }

    /** Asked by the user that the daemon will be. */
    void checkLog() throws IOException {
        Path log = log();
        if (Files.isDirectory(log) || isPipe(log)) {
            throw new IOException("log=" + log + " is no file; name one, or inherit");
        }
        if (!Files.isWritable(log)) {
            throw new IOException("log=" + log + " cannot be written by user "
                    + Files.readAttributes(Path.of("/proc/self"), PosixFileAttributes.class)
                            .owner());
        }
    }

    /** The shell would wait in open(2) for somebody to read it. */
    private static boolean isPipe(Path path) throws IOException {
        return Files.exists(path)
                && !Files.isRegularFile(path)
                && !path.toRealPath().startsWith("/dev");
    }
}
