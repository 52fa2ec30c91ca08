// SPDX-License-Identifier: Apache-2.0
package com.example.client;

import com.example.client.Http2Frames.Frame;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One HTTP/2 connection with up to four streams at a time. A thread of its own reads; another one asks. */
final class Http2Caller {
    private static final int AT_ONCE = 4;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int CONNECT_MILLIS = 4_000;

    private final Socket socket = new Socket();
    private final Thread reader = new Thread(this::read, "reader");
    private final boolean grpc;

    /** What has come of the answers that are waited for. Guarded by this, as everything below. */
    private final Map<Integer, StringBuilder> open = new TreeMap<>();

    private final List<String> lost = new ArrayList<>();
    private int next = 1;
    private int good;
    /** Streams of which the server said that it never looked at them. */
    private int refused;

    private boolean toldToGo;
    private boolean ended;

    Http2Caller(int port, boolean grpc) throws IOException {
        this.grpc = grpc;
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    void begin() throws IOException {
        socket.getOutputStream().write(Http2Frames.preface());
        reader.start();
    }

    /** False once no more may be asked on this connection. */
    synchronized boolean ask(String path) throws InterruptedException {
        while (open.size() >= AT_ONCE && !toldToGo && !ended) {
            wait();
        }
        if (toldToGo || ended) {
            return false;
        }
        int stream = next;
        next += 2;
        open.put(stream, new StringBuilder());
        try {
            socket.getOutputStream()
                    .write(grpc ? Http2Frames.call(stream, "/answers/get", path) : Http2Frames.get(stream, path));
        } catch (IOException e) {
            lose("asking: " + e);
            return false;
        }
        return true;
    }

    /** Waits for the answers that are due, then closes. */
    synchronized void finish() throws InterruptedException, IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!open.isEmpty() && !ended && System.nanoTime() < deadline) {
            wait(PATIENCE_MILLIS);
        }
        if (!open.isEmpty()) {
            lose("no answer");
        }
        ended = true;
        socket.close();
    }

    synchronized int good() {
        return good;
    }

    synchronized int refused() {
        return refused;
    }

    synchronized boolean toldToGo() {
        return toldToGo;
    }

    synchronized List<String> lost() {
        return List.copyOf(lost);
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            while (true) {
                take(Http2Frames.read(in));
            }
        } catch (IOException e) {
            synchronized (this) {
                lose("reading: " + e);
                ended = true;
                notifyAll();
            }
        }
    }

    private synchronized void take(Frame frame) throws IOException {
        boolean ack = (frame.flags() & Http2Frames.ACK) != 0;
        switch (frame.type()) {
            case Http2Frames.SETTINGS -> reply(ack, Http2Frames.SETTINGS, new byte[0]);
            case Http2Frames.PING ->
                reply(ack, Http2Frames.PING, frame.payload().array());
            case Http2Frames.GOAWAY -> go(frame.number(0) & Integer.MAX_VALUE, frame.number(4));
            case Http2Frames.RST_STREAM -> {
                if (frame.number(0) == Http2Frames.REFUSED_STREAM) {
                    refused += open.remove(frame.stream()) == null ? 0 : 1;
                } else if (open.remove(frame.stream()) != null) {
                    lost.add("lost stream " + frame.stream() + " reset with error " + frame.number(0));
                }
            }
            case Http2Frames.DATA, Http2Frames.HEADERS -> answer(frame);
            default -> {
                return;
            }
        }
        notifyAll();
    }

    private void reply(boolean ack, int type, byte[] payload) throws IOException {
        if (!ack) {
            socket.getOutputStream().write(Http2Frames.frame(type, Http2Frames.ACK, 0, payload));
        }
    }

    private void go(int last, int error) {
        toldToGo = true;
        if (error != 0) {
            lost.add("wrong: GOAWAY with error " + error);
        }
        int before = open.size();
        open.keySet().removeIf(stream -> stream > last);
        refused += before - open.size();
    }

    private void answer(Frame frame) {
        StringBuilder body = open.get(frame.stream());
        if (body == null) {
            return;
        }
        if (frame.type() == Http2Frames.DATA) {
            body.append(new String(frame.payload().array(), StandardCharsets.ISO_8859_1));
        }
        if ((frame.flags() & Http2Frames.END_STREAM) != 0) {
            open.remove(frame.stream());
            if (body.indexOf("version=") < 0 || body.charAt(body.length() - 1) != '\n') {
                lost.add("wrong: stream " + frame.stream() + " \"" + body + "\"");
            } else {
                good++;
            }
        }
    }

    private void lose(String why) {
        open.forEach((stream, body) -> lost.add("lost stream " + stream + (toldToGo ? " after GOAWAY" : "") + " with "
                + body.length() + " bytes: " + why));
        open.clear();
    }
}
