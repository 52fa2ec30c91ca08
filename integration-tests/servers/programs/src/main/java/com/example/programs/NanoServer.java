// SPDX-License-Identifier: Apache-2.0
package com.example.programs;

import com.example.answers.Answers;
import com.example.answers.Census;
import fi.iki.elonen.NanoHTTPD;
import java.io.IOException;

/** NanoHTTPD: a thread for each connection. */
public final class NanoServer extends NanoHTTPD {
    private NanoServer() {
        super("127.0.0.1", 0);
    }

    public static void main(String[] args) throws IOException {
        NanoServer server = new NanoServer();
        server.start(60_000, false);
        Census.listening(server.getListeningPort());
    }

    @Override
    public Response serve(IHTTPSession session) {
        return newFixedLengthResponse(Answers.to(session.getUri() + "?" + session.getQueryParameterString()));
    }
}
