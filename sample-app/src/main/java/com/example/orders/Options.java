// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import com.example.arguments.Arguments;
import com.example.arguments.BadArgument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How the service was asked to run; port 0 takes a free one, H2 adds {@code .mv.db} to the database's name. */
public record Options(int port, Path db, int httpThreads, Optional<Path> receipts) {
    private static final String PORT = "--port";
    private static final String DB = "--db";
    private static final String HTTP_THREADS = "--http-threads";
    private static final String RECEIPTS = "--receipts";

    public static Options parse(List<String> args) throws BadArgument {
        Arguments given = Arguments.parse(args, List.of(PORT, DB, HTTP_THREADS, RECEIPTS));
        return new Options(
                given.number(PORT, 8080, 0, 65535),
                database(given.text(DB).orElse("orders")),
                given.number(HTTP_THREADS, 8, 1, 256),
                receipts(given.text(RECEIPTS)));
    }

    private static Path database(String text) throws BadArgument {
        Path db = Path.of(text).toAbsolutePath().normalize();
        if (Files.isDirectory(db)) {
            throw new BadArgument(DB + " must be a file, not the folder " + text);
        }
        if (db.toString().contains(";")) {
            throw new BadArgument(DB + " must not contain ';'");
        }
        return db;
    }

    private static Optional<Path> receipts(Optional<String> text) throws BadArgument {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Path given = Path.of(text.get()).toAbsolutePath().normalize();
        Path file = Files.isDirectory(given) ? given.resolve("receipts.txt") : given;
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadArgument(RECEIPTS + " must be a folder, or a file in a folder that exists, not " + text.get());
        }
        return Optional.of(file);
    }
}
