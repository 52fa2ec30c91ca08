// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Function;
import com.kenai.jffi.HeapInvocationBuffer;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A service manager's socket: what was sent to it, and when. The JDK has no Unix datagram sockets. */
final class Notices implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MOST = 8192;
    private static final MemoryIO MEMORY = MemoryIO.getInstance();

    /** @param nanos when it was read, by {@link System#nanoTime} */
    record Notice(String text, long nanos) {}

    private final int socket;
    private final List<Notice> heard = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "notices");
    private volatile boolean closed;

    /** @param name a path, or {@code @} and an abstract name */
    Notices(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean isPath = bytes[0] != '@';
        if (!isPath) {
            bytes[0] = 0;
        }
        long address = MEMORY.allocateMemory(110, true);
        MEMORY.putShort(address, (short) AF_UNIX);
        MEMORY.putByteArray(address + 2, bytes, 0, bytes.length);
        socket = (int) call("socket", AF_UNIX, SOCK_DGRAM, 0);
        if ((int) call("bind", socket, address, 2 + bytes.length + (isPath ? 1 : 0)) != 0) {
            throw new AssertionError("cannot bind " + name);
        }
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        long buffer = MEMORY.allocateMemory(MOST, true);
        while (!closed) {
            int length = (int) call("recv", socket, buffer, MOST, MSG_DONTWAIT);
            if (length > 0) {
                byte[] bytes = new byte[length];
                MEMORY.getByteArray(buffer, bytes, 0, length);
                heard.add(new Notice(new String(bytes, StandardCharsets.UTF_8), System.nanoTime()));
            } else {
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    private static long call(String name, long... arguments) {
        Type[] types = new Type[arguments.length];
        Arrays.fill(types, Type.SLONG);
        Function function = new Function(
                Library.getDefault().getSymbolAddress(name),
                CallContext.getCallContext(Type.SLONG, types, CallingConvention.DEFAULT, true));
        HeapInvocationBuffer buffer = new HeapInvocationBuffer(function);
        for (long argument : arguments) {
            buffer.putLong(argument);
        }
        return Invoker.getInstance().invokeLong(function, buffer);
    }

    List<Notice> heard() {
        return List.copyOf(heard);
    }

    List<String> texts() {
        return heard.stream().map(Notice::text).toList();
    }

    /** The first one that matches, the process alive or not. */
    Notice await(String regex, JvmProcess process) {
        Await.until(
                "a notice like \"" + regex + "\"",
                JvmProcess.PATIENCE,
                () -> find(regex).isPresent(),
                () -> texts() + "\n" + process.log());
        return find(regex).orElseThrow();
    }

    private Optional<Notice> find(String regex) {
        return heard.stream()
                .filter(notice -> notice.text().matches("(?s)" + regex))
                .findFirst();
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        call("close", socket);
    }
}
