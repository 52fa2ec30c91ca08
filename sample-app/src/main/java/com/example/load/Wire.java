// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One keep-alive HTTP/1.1 connection on a plain socket: one request, one answer, never a retry. */
final class Wire implements Closeable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int LONGEST_LINE = 8192;
    private static final int LONGEST_BODY = 65_536;

    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Wire open(InetSocketAddress target) throws LoadFailure {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(target, TIMEOUT_MILLIS);
            return new Wire(socket);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    Answer post(String path) throws LoadFailure {
        try {
            if (in.available() > 0) {
                throw new LoadFailure("malformed");
            }
            socket.getOutputStream().write(request(path).getBytes(StandardCharsets.US_ASCII));
            return answer();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static LoadFailure failure(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return new LoadFailure("timeout", e);
        }
        return new LoadFailure(e instanceof ConnectException ? "refused" : "reset", e);
    }

    private static String request(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n";
    }

    private Answer answer() throws IOException, LoadFailure {
        String status = line();
        int length = -1;
        boolean closing = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = length(lower);
            }
            closing |= lower.startsWith("connection:") && lower.contains("close");
        }
        if (!status.startsWith("HTTP/1.1 201")) {
            throw new LoadFailure(reason(status));
        }
        return Answer.parse(body(length), closing);
    }

    private static String reason(String status) {
        return status.matches("HTTP/1\\.1 \\d{3}.*") ? "status-" + status.substring(9, 12) : "malformed";
    }

    private static int length(String header) throws LoadFailure {
        try {
            return Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
        } catch (NumberFormatException e) {
            throw new LoadFailure("malformed", e);
        }
    }

    private String line() throws IOException, LoadFailure {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new LoadFailure("closed");
            }
            if (line.length() == LONGEST_LINE) {
                throw new LoadFailure("malformed");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private String body(int length) throws IOException, LoadFailure {
        if (length < 0 || length > LONGEST_BODY) {
            throw new LoadFailure("malformed");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new LoadFailure("closed");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
