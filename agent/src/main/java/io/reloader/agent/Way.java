// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Journal;
import io.reloader.door.About;
import io.reloader.door.CommandSocket;
import io.reloader.door.Control;
import io.reloader.door.Shut;
import io.reloader.options.Option;

/** The way in for the command line. Opened on the arming thread: nothing of the socket is loaded before. */
final class Way {
    /** Set for whoever looks for the socket. */
    private static final String MARKER = "io.reloader.socket";

    private final About about;
    private final Control control;
    private final Journal journal;
    private final Undo undo;

    Way(About about, Control control, Journal journal, Undo undo) {
        this.about = about;
        this.control = control;
        this.journal = journal;
        this.undo = undo;
    }

    void open() {
        if (about.options().get().text(Option.SOCKET).equals("none")) {
            return;
        }
        try {
            CommandSocket socket =
                    CommandSocket.open(about, control, System.getenv(), journal, AgentThreads.named("reloader-socket"));
            leaveAtExit(socket);
            System.setProperty(MARKER, socket.path().toString());
        } catch (Shut | RuntimeException | LinkageError e) {
            journal.trouble("no command socket: " + e.getMessage() + "; signals work all the same");
        }
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
