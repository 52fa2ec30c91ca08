// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.door.About;
import io.reloader.door.CommandSocket;
import io.reloader.door.Control;
import io.reloader.door.Shut;
import io.reloader.options.Option;
import java.time.Instant;

/** The way in for the command line. Opened on the arming thread: nothing of the socket is loaded before. */
final class Way {
    /** Set for whoever looks for the socket. */
    private static final String MARKER = "io.reloader.socket";

    private final Setup setup;
    private final Control control;
    private final Undo undo;

    Way(Setup setup, Control control, Undo undo) {
        this.setup = setup;
        this.control = control;
        this.undo = undo;
    }

    void open() {
        if (setup.options().text(Option.SOCKET).equals("none")) {
            return;
        }
        try {
            CommandSocket socket = CommandSocket.open(
                    about(), control, System.getenv(), setup.journal(), AgentThreads.named("reloader-socket"));
            leaveAtExit(socket);
            System.setProperty(MARKER, socket.path().toString());
        } catch (Shut | RuntimeException | LinkageError e) {
            setup.journal().trouble("no command socket: " + e.getMessage() + "; signals work all the same");
        }
    }

    private About about() {
        ProcessHandle self = ProcessHandle.current();
        Instant started = self.info().startInstant().orElseGet(Instant::now);
        return new About(setup.version(), self.pid(), started, setup.late(), setup.options());
    }

    private void leaveAtExit(CommandSocket socket) {
        Thread end = new Thread(socket::leave, "reloader-socket-end");
        try {
            Runtime.getRuntime().addShutdownHook(end);
            undo.add("the command socket", () -> close(socket, end));
        } catch (IllegalStateException e) {
            // The process exits already.
            socket.close();
        }
    }

    private static void close(CommandSocket socket, Thread end) {
        socket.close();
        System.clearProperty(MARKER);
        Runtime.getRuntime().removeShutdownHook(end);
    }
}
