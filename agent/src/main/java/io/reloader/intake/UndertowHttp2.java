// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/2 connections of Undertow. Its own sendGoAway() closes a connection at once, streams in flight included, so
 * the frame is written between two others, under the lock that those are written with. Used by the intake's thread.
 */
final class UndertowHttp2 {
    private static final String CHANNEL = "io.undertow.protocols.http2.Http2Channel";

    /** GOAWAY without an error, after the largest number of a stream: those on their way are still answered. */
    private static final byte[] GOAWAY = {0, 0, 8, 7, 0, 0, 0, 0, 0, 0x7f, -1, -1, -1, 0, 0, 0, 0};

    private static final int TRIES = 200;
    private static final long TRY_EVERY = 1_000_000;

    /** Those that came in; one may owe answers before it can be told. */
    private final Set<Object> found = Collections.newSetFromMap(new WeakHashMap<>());

    private final Set<Object> told = Collections.newSetFromMap(new WeakHashMap<>());

    /**
     * Tells the connection, if it is one.
     *
     * @param handle what its key is attached to
     */
    void end(@Nullable Object handle) throws ReflectiveOperationException {
        Object connection = Foreign.get(handle, "readReadyHandler.channel.readListener.this$0");
        if (connection == null || !Foreign.is(connection, CHANNEL) || told.contains(connection)) {
            return;
        }
        try {
            boolean client = Boolean.TRUE.equals(Foreign.call(connection, "isClient"));
            if (!client) {
                found.add(connection);
            }
            if (client || tell(connection)) {
                told.add(connection);
            }
        } catch (ReflectiveOperationException e) {
            if (!(e.getCause() instanceof IOException)) {
                throw e;
            }
            // The client has gone.
            told.add(connection);
        }
    }

    boolean owes(int caller) throws ReflectiveOperationException {
        for (Object connection : found) {
            if (Foreign.get(connection, "currentStreams") instanceof Map<?, ?> streams
                    && !streams.isEmpty()
                    && Foreign.port(Foreign.call(connection, "getPeerAddress")) == caller) {
                return true;
            }
        }
        return false;
    }

    /** False as long as another frame is under way. */
    private static boolean tell(Object connection) throws ReflectiveOperationException {
        // As its own flushSenders().
        synchronized (connection) {
            boolean greeted = Boolean.TRUE.equals(Foreign.get(connection, "initialSettingsSent"));
            if (!greeted || !none(connection, "newFrames") || !none(connection, "pendingFrames")) {
                return false;
            }
            Object sink = Foreign.call(Foreign.get(connection, "channel"), "getSinkChannel");
            ByteBuffer frame = ByteBuffer.wrap(GOAWAY);
            for (int i = 0; i < TRIES && frame.hasRemaining(); i++) {
                Foreign.call(sink, "write", frame);
                if (frame.remaining() == GOAWAY.length) {
                    return false;
                }
                if (frame.hasRemaining()) {
                    LockSupport.parkNanos(TRY_EVERY);
                }
            }
            Foreign.call(sink, "flush");
            return true;
        }
    }

    private static boolean none(Object connection, String frames) throws ReflectiveOperationException {
        if (Foreign.get(connection, frames) instanceof Collection<?> found) {
            return found.isEmpty();
        }
        throw new NoSuchFieldException(connection.getClass().getName() + "." + frames);
    }
}
