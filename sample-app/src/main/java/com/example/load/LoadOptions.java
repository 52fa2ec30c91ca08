// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import com.example.arguments.Arguments;
import com.example.arguments.BadArgument;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What load to make; a request count or a rate of 0 means no limit. */
public record LoadOptions(
        InetSocketAddress target, int connections, int seconds, int requests, int rate, Optional<Path> stopFile) {
    private static final String URL = "--url";
    private static final String CONNECTIONS = "--connections";
    private static final String SECONDS = "--seconds";
    private static final String REQUESTS = "--requests";
    private static final String RATE = "--rate";
    private static final String STOP_FILE = "--stop-file";
    private static final int LONGEST = 3600;

    public static LoadOptions parse(List<String> args) throws BadArgument {
        Arguments given = Arguments.parse(args, List.of(URL, CONNECTIONS, SECONDS, REQUESTS, RATE, STOP_FILE));
        int requests = given.number(REQUESTS, 0, 1, Integer.MAX_VALUE);
        return new LoadOptions(
                target(given.text(URL).orElse("http://127.0.0.1:8080")),
                given.number(CONNECTIONS, 8, 1, 1000),
                given.number(SECONDS, requests == 0 ? 20 : LONGEST, 1, LONGEST),
                requests,
                given.number(RATE, 0, 1, 1_000_000),
                given.text(STOP_FILE).map(Path::of));
    }

    private static InetSocketAddress target(String text) throws BadArgument {
        try {
            URI url = URI.create(text);
            if ("http".equals(url.getScheme()) && url.getHost() != null && url.getPort() > 0) {
                return loopback(url.getHost(), url.getPort());
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw notAnUrl(text);
        }
        throw notAnUrl(text);
    }

    private static InetSocketAddress loopback(String host, int port) throws BadArgument {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isLoopbackAddress()) {
                return new InetSocketAddress(address, port);
            }
        } catch (UnknownHostException e) {
            throw new BadArgument(URL + ": unknown host " + host);
        }
        throw new BadArgument(URL + ": this client only loads this machine itself, not " + host);
    }

    private static BadArgument notAnUrl(String text) {
        return new BadArgument(URL + " must look like http://127.0.0.1:8080, not '" + text + "'");
    }
}
