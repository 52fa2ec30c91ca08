// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import io.reloader.control.Journal;
import io.reloader.options.Option;
import io.reloader.os.Credentials;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** The command socket of this process, from its file's making to its removal. */
public final class CommandSocket implements AutoCloseable {
    /** For a client that does not read. */
    private static final long LAST_WORDS_MILLIS = 500;

    private final Path path;
    private final Door door;

    private CommandSocket(Path path, Door door) {
        this.path = path;
        this.door = door;
    }

    /**
     * Listens, and serves on a thread of its own.
     *
     * @param threads runs that thread
     * @throws Shut if there can be none
     */
    public static CommandSocket open(
            About about, Control control, Map<String, String> environment, Journal journal, Executor threads)
            throws Shut {
        if (ModuleLayer.boot().findModule("jdk.net").isEmpty()) {
            throw new Shut("this JVM runs without the module jdk.net, so callers cannot be told apart; start it with"
                    + " --add-modules=jdk.net");
        }
        try {
            Credentials own = Credentials.own();
            String choice = about.options().get().text(Option.SOCKET);
            List<Path> wanted = choice.equals("auto") ? Folder.usual(environment, own.uid()) : List.of(Path.of(choice));
            Path folder = Folder.first(wanted, own.uid());
            SocketFile.sweep(folder);
            Path path = SocketFile.in(folder, about.pid());
            ServerSocketChannel server = SocketFile.bind(path);
            Door door = new Door(server, new Peers(own.uid()), Limits.STANDARD, journal::trouble);
            door.answers(new Answers(about, control, door));
            threads.execute(door);
            return new CommandSocket(path, door);
        } catch (IOException | RuntimeException e) {
            throw new Shut(e + "; name a directory of your own with socket=");
        }
    }

    public Path path() {
        return path;
    }

    /** The process exits: nobody finds it any more, and whoever waits for the stop hears what is left to say of it. */
    public void leave() {
        remove();
        door.deliver(LAST_WORDS_MILLIS);
    }

    private void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The next process of this user sweeps it.
            return;
        }
    }

    @Override
    public void close() {
        remove();
        door.close();
    }
}
