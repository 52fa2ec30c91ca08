// SPDX-License-Identifier: Apache-2.0
package com.example.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers of a server that is about to stop, each until it is refused: some keep their connections and open another
 * when an answer says that it was the last, some open one for each request. No request that could be written may go
 * without its whole answer.
 */
public final class StopLoad {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int CONNECT_MILLIS = 4_000;

    private final int port;
    private final int slowMillis;
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger reset = new AtomicInteger();
    private final AtomicInteger empty = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();

    private StopLoad(int port, int slowMillis) {
        this.port = port;
        this.slowMillis = slowMillis;
    }

    /** PORT KEPT FRESH SLOW_MILLIS: how many keep their connections and how many do not. */
    public static void main(String[] args) throws InterruptedException {
        StopLoad load = new StopLoad(Integer.parseInt(args[0]), Integer.parseInt(args[3]));
        Callers callers = new Callers();
        callers.add(Integer.parseInt(args[1]), "kept", i -> load.call(true));
        callers.add(Integer.parseInt(args[2]), "fresh", i -> load.call(false));
        callers.run(load.good::get);
        load.lost.forEach(System.out::println);
        System.out.println("summary good=" + load.good + " reset=" + load.reset + " empty=" + load.empty + " cut="
                + load.cut + " wrong=" + load.wrong + " refused=" + load.refused + " closed=" + load.closed);
    }

    private void call(boolean keep) {
        while (connectAndAsk(keep)) {
            Callers.pause();
        }
    }

    /** False once no connection can be had. */
    private boolean connectAndAsk(boolean keep) {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            } catch (IOException e) {
                refused.incrementAndGet();
                return false;
            }
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            boolean first = true;
            while (ask(socket, in, keep, first) && keep) {
                first = false;
                Callers.pause();
            }
        } catch (IOException e) {
            lost.add("closing: " + e);
        }
        return true;
    }

    /** Whether the connection may be used again. */
    private boolean ask(Socket socket, BufferedInputStream in, boolean keep, boolean first) {
        long begun = System.currentTimeMillis();
        boolean slow = ThreadLocalRandom.current().nextInt(16) == 0;
        String path = slow ? "/slow?ms=" + slowMillis : "/hello";
        String request =
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + (keep ? "" : "Connection: close\r\n") + "\r\n";
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        IOException trouble;
        try {
            if (!first && ended(socket, in)) {
                // As every pool of connections does: one that the server has closed is not used again.
                closed.incrementAndGet();
                return false;
            }
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            boolean again = answer(in, got);
            good.incrementAndGet();
            return again;
        } catch (IOException e) {
            trouble = e;
        }
        AtomicInteger kind = got.size() > 0 ? cut : trouble instanceof EOFException ? empty : reset;
        kind.incrementAndGet();
        lost.add("lost " + (keep ? "kept" : "fresh") + (first ? " first " : " later ") + path + " begun " + begun
                + " after " + (System.currentTimeMillis() - begun) + " ms: " + trouble + " got " + got.size()
                + " bytes");
        return false;
    }

    private static boolean ended(Socket socket, BufferedInputStream in) throws IOException {
        socket.setSoTimeout(1);
        in.mark(1);
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Whether the connection goes on. */
    private boolean answer(BufferedInputStream in, ByteArrayOutputStream got) throws IOException {
        String status = line(in, got);
        int length = -1;
        boolean again = true;
        for (String header = line(in, got); !header.isEmpty(); header = line(in, got)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).trim());
            } else if (lower.startsWith("connection:") && lower.contains("close")) {
                again = false;
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("in the middle of a body");
        }
        if (!status.startsWith("HTTP/1.1 200") || !new String(body, StandardCharsets.UTF_8).endsWith("\n")) {
            wrong.incrementAndGet();
            lost.add("wrong: " + status);
        }
        return again;
    }

    private static String line(BufferedInputStream in, ByteArrayOutputStream got) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("in a header or before the first");
            }
            got.write(c);
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
