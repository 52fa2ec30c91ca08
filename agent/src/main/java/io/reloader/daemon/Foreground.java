// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import io.reloader.options.Option;
import io.reloader.options.Options;
import io.reloader.os.Account;
import io.reloader.os.Handover;
import io.reloader.os.LogFile;
import io.reloader.os.NativeAccess;
import io.reloader.os.NativeUnavailable;
import io.reloader.os.PidFile;
import io.reloader.os.PidFileHeld;
import io.reloader.os.ProcessImage;
import io.reloader.os.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JVM that the operator's shell has started: becomes, in premain, a small shell that starts the same command as a
 * daemon and waits for it. Nothing is forked, no port is held by two processes, no heap is committed twice. What can be
 * refused is refused here, before the application runs.
 */
final class Foreground {
    private static final String SHELL = "/bin/sh";
    /** The module of sun.misc.Signal, which the agent lives by. */
    private static final String SIGNALS = "jdk.unsupported";

    private static final String SCRIPT = "handover.sh";

    private final NativeAccess access;
    private final Options options;
    private final Places places;

    Foreground(NativeAccess access, Options options) {
        this.access = access;
        this.options = options;
        this.places = new Places(options);
    }

    /** Does not return. */
    void handOver() throws IOException, NativeUnavailable, PidFileHeld {
        places.check();
        // Another user may not read these of a process that root has started.
        ProcessImage image = ProcessImage.read();
        Account account = account();
        prepareFiles(account);
        if (account != null) {
            account.become();
        }
        if (!places.inheritsLog()) {
            places.checkLog();
        }
        if (places.hasPidFile()) {
            // The daemon locks the file; this only saves the wait for it to fail.
            PidFile.check(access, places.pidFile());
        }
        // Whoever opens a pipe's end by its name in /proc must be the user that made it: made after the change of user.
        Handover handover = new Handover(access);
        List<byte[]> arguments = arguments(handover, image);
        List<byte[]> environment = new Environment(image.environment(), account).forShell();
        prepareSurroundings();
        throw handover.become(bytes(SHELL), arguments, environment);
    }

    private @Nullable Account account() throws NativeUnavailable {
        String user = options.text(Option.USER);
        String group = options.text(Option.GROUP);
        return user.isEmpty() && group.isEmpty() ? null : Account.named(access, user, group);
    }

    /** Made as the user who may: a daemon of another user cannot create a file in a directory of root's. */
    private void prepareFiles(@Nullable Account account) throws NativeUnavailable {
        Surroundings surroundings = new Surroundings(access);
        if (!places.inheritsLog()) {
            surroundings.create(places.log(), LogFile.MODE, account);
        }
        if (places.hasPidFile() && account != null) {
            surroundings.create(places.pidFile(), PidFile.MODE, account);
        }
    }

    private void prepareSurroundings() throws NativeUnavailable {
        Surroundings surroundings = new Surroundings(access);
        if (options.octal(Option.UMASK) >= 0) {
            surroundings.umask(options.octal(Option.UMASK));
        }
        if (!options.text(Option.CHDIR).isEmpty()) {
            surroundings.directory(Path.of(options.text(Option.CHDIR)));
        }
    }

    private List<byte[]> arguments(Handover handover, ProcessImage image) throws IOException, NativeUnavailable {
        byte[] executable = handover.executable();
        if (new String(executable, StandardCharsets.ISO_8859_1).indexOf('=') >= 0) {
            throw new IOException("the JDK's path has a = in it, which env(1) cannot start; rename it");
        }
        List<byte[]> arguments = new ArrayList<>();
        String log = places.inheritsLog() ? "inherit" : places.log().toString();
        for (String word : List.of("reloader", "-c", script(), "reloader", log, timeout())) {
            arguments.add(bytes(word));
        }
        arguments.add(executable);
        arguments.add(bytes("-D" + Daemon.PROPERTY + "=" + handover.pipe()));
        if (lacksSignals()) {
            arguments.add(bytes("--add-modules=" + SIGNALS));
        }
        arguments.addAll(image.arguments().subList(1, image.arguments().size()));
        return arguments;
    }

    /** A JVM that was started with a main module has only the modules which that one asks for. */
    private static boolean lacksSignals() {
        return ModuleLayer.boot().findModule(SIGNALS).isEmpty()
                && ModuleFinder.ofSystem().find(SIGNALS).isPresent();
    }

    private String timeout() {
        return Long.toString(Math.max(1, (options.millis(Option.READY_TIMEOUT) + 999) / 1000));
    }

    private static String script() throws IOException {
        try (InputStream in = Foreground.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException(SCRIPT + " is missing in the agent's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As the kernel has the names of files. */
    private static byte[] bytes(String text) {
        return text.getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
    }
}
