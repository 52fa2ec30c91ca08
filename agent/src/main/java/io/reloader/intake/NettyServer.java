// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.lang.ref.WeakReference;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop of Netty, looked at on that loop. Closing Netty's own listening channel would
 * complete its close future, on which applications shut their event loops down, answers in flight included: so it is
 * left open, with nobody to come.
 */
final class NettyServer implements Server {
    private static final String CHANNEL = "io.netty.channel.AbstractChannel";

    private final Executor loop;

    /** Handlers of HTTP/2 by their callers' ports; written by the loop, read by the intake's thread. */
    private final Map<Integer, WeakReference<Object>> told = new ConcurrentHashMap<>();

    private NettyServer(Executor loop) {
        this.loop = loop;
    }

    static @Nullable Server of(Object loop) {
        boolean known = (selector(loop) != null || channels(loop) != null) && loop instanceof Executor;
        return known ? new NettyServer((Executor) loop) : null;
    }

    @Override
    public void endConnections() {
        loop.execute(this::endEach);
    }

    private void endEach() {
        for (Object channel : open()) {
            // Those of a client have no parent.
            if (Foreign.get(channel, "parent") != null) {
                end(channel);
            }
        }
    }

    private void end(Object channel) {
        try {
            Object http2 = NettyConnection.end(channel);
            if (http2 != null) {
                told.put(Foreign.port(Foreign.call(channel, "remoteAddress")), new WeakReference<>(http2));
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // Of an unknown shape: it ends when it is idle.
            return;
        }
    }

    @Override
    public boolean owes(int caller) throws ReflectiveOperationException {
        WeakReference<Object> known = told.get(caller);
        Object handler = known == null ? null : known.get();
        if (handler == null) {
            return false;
        }
        Object streams = Foreign.call(Foreign.call(handler, "connection"), "numActiveStreams");
        return parting(handler) || (streams instanceof Integer active && active > 0);
    }

    /** Of gRPC: the caller was told, and has not said yet that it knows; it may ask until then. */
    private static boolean parting(Object handler) {
        return Boolean.FALSE.equals(Foreign.get(handler, "gracefulShutdown.pingAckedOrTimeout"));
    }

    private List<Object> open() {
        List<Object> found = new ArrayList<>();
        Selector selector = selector(loop);
        if (selector != null) {
            for (SelectionKey key : selector.keys()) {
                find(key.attachment(), found);
            }
        }
        Collection<?> channels = channels(loop);
        if (channels != null) {
            for (Object each : channels) {
                find(each, found);
            }
        }
        return found;
    }

    /** Itself, or what its registration is for. */
    private static void find(@Nullable Object attachment, List<Object> found) {
        Object handle = Foreign.get(attachment, "handle");
        Object channel = handle != null ? Foreign.get(handle, "this$0") : attachment;
        if (channel != null && Foreign.is(channel, CHANNEL)) {
            found.add(channel);
        }
    }

    /** Of 4.1, or of the I/O handler of 4.2. */
    private static @Nullable Selector selector(Object loop) {
        Object selector = Foreign.get(loop, "unwrappedSelector");
        if (selector == null) {
            selector = Foreign.get(loop, "ioHandler.unwrappedSelector");
        }
        return selector instanceof Selector found ? found : null;
    }

    /** The same of the native transport. */
    private static @Nullable Collection<?> channels(Object loop) {
        Object channels = Foreign.get(loop, "channels");
        if (channels == null) {
            channels = Foreign.get(loop, "ioHandler.registrations");
        }
        return channels instanceof Map<?, ?> map ? map.values() : null;
    }
}
