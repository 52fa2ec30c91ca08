// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import io.reloader.options.Option;
import io.reloader.options.Options;
import io.reloader.os.Handover;
import io.reloader.os.NativeAccess;
import io.reloader.os.NativeUnavailable;
import io.reloader.os.PidFile;
import io.reloader.os.PidFileHeld;
import io.reloader.os.ProcessImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM that the operator's shell has started: becomes, in premain, a small shell that starts the same command as a
 * daemon and waits for it. Nothing is forked, no port is held by two processes, no heap is committed twice.
 */
final class Foreground {
    private static final String SHELL = "/bin/sh";
    private static final String SCRIPT = "handover.sh";

    private final NativeAccess access;
    private final Options options;

    Foreground(NativeAccess access, Options options) {
        this.access = access;
        this.options = options;
    }

    /** Does not return. */
    void handOver() throws IOException, NativeUnavailable, PidFileHeld {
        String log = prepareLog();
        refuseSecondStart();
        Handover handover = new Handover(access);
        ProcessImage image = ProcessImage.read();
        List<byte[]> arguments = new ArrayList<>();
        for (String word : List.of("reloader", "-c", script(), "reloader", log, timeout())) {
            arguments.add(bytes(word));
        }
        arguments.add(handover.executable());
        arguments.add(bytes("-D" + Daemon.PROPERTY + "=" + handover.pipe()));
        arguments.addAll(image.arguments().subList(1, image.arguments().size()));
        throw handover.become(bytes(SHELL), arguments, image.environment());
    }

    /** Where the daemon's output goes; created here, so that a wrong place is told to the shell that asked. */
    private String prepareLog() throws IOException {
        String log = options.text(Option.LOG);
        if (log.equals("inherit")) {
            return log;
        }
        Path path = Path.of(log).toAbsolutePath();
        if (!Files.exists(path)) {
            Files.createFile(path);
            // Whatever the umask: the daemon's group may read, others may not.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        }
        if (!Files.isWritable(path)) {
            throw new IOException(path + " cannot be written");
        }
        return path.toString();
    }

    /** The daemon locks the file; this only saves the wait for it to fail. */
    private void refuseSecondStart() throws NativeUnavailable, PidFileHeld {
        String pidFile = options.text(Option.PIDFILE);
        if (!pidFile.isEmpty()) {
            PidFile.lock(access, Path.of(pidFile)).release();
        }
    }

    private String timeout() {
        return Long.toString(Math.max(1, options.millis(Option.READY_TIMEOUT) / 1000));
    }

    private static String script() throws IOException {
        try (InputStream in = Foreground.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException(SCRIPT + " is missing in the agent's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
