// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Takes one request on each connection, answers it with the next of the given texts, and hangs up. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket server;

    private ScriptedServer(ServerSocket server) {
        this.server = server;
    }

    static ScriptedServer answering(String... answers) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(server, answers), "scripted-server");
        thread.setDaemon(true);
        thread.start();
        return new ScriptedServer(server);
    }

    private static void serve(ServerSocket server, String[] answers) {
        try {
            for (String answer : answers) {
                try (Socket socket = server.accept()) {
                    readRequest(socket);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            System.err.println("scripted server ended: " + e);
        }
    }

    private static void readRequest(Socket socket) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String line = lines.readLine();
        while (line != null && !line.isEmpty()) {
            line = lines.readLine();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
