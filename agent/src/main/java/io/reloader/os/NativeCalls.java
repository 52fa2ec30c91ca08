// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import com.kenai.jffi.Function;
import com.kenai.jffi.HeapInvocationBuffer;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.MemoryIO;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Calls of libc by name: every parameter and the result in a 64-bit register, which fits integers, pointers and, on
 * x86-64 and aarch64 Linux, the variadic fcntl and open. For calls that are made seldom; the ones made often are bound in
 * {@link Libc}.
 */
final class NativeCalls {
    private final Invoker invoker;
    private final MemoryIO memory;

    /** Loads jffi first, if nobody has. */
    NativeCalls(NativeAccess access) throws NativeUnavailable {
        access.libc();
        invoker = Invoker.getInstance();
        memory = MemoryIO.getCheckedInstance();
    }

    /**
     * Where jffi is loaded. Touched before, its classes load the library themselves: through a temporary file with a
     * random name, which costs a start 70 ms.
     */
    NativeCalls() {
        invoker = Invoker.getInstance();
        memory = MemoryIO.getCheckedInstance();
    }

    /** The result, -1 with {@link #failure} to tell why included. */
    long call(String name, long... arguments) throws NativeUnavailable {
        return call(Libc.function(name, arguments.length), arguments);
    }

    /** As above, of a function that is called more than once. */
    long call(Function function, long... arguments) {
        HeapInvocationBuffer buffer = new HeapInvocationBuffer(function);
        for (long argument : arguments) {
            buffer.putLong(argument);
        }
        return invoker.invokeLong(function, buffer);
    }

    /** As {@link #call}, for an int result of which every negative value is a failure. */
    int checked(String name, long... arguments) throws NativeUnavailable {
        int result = (int) call(name, arguments);
        if (result < 0) {
            throw failure(name);
        }
        return result;
    }

    int errno() {
        return LastError.getInstance().get();
    }

    NativeUnavailable failure(String call) {
        return new NativeUnavailable(call + " failed with errno " + errno(), null);
    }

    /** As {@link #checked}, for a call on what the operator has named: the failure reads {@code subject: reason}. */
    int checkedFor(String subject, String name, long... arguments) throws NativeUnavailable {
        int result = (int) call(name, arguments);
        if (result < 0) {
            throw new NativeUnavailable(subject + ": " + reason(), null);
        }
        return result;
    }

    /** Why the last call failed, as libc words it. */
    String reason() throws NativeUnavailable {
        int errno = errno();
        return text(call("strerror", errno));
    }

    /** Zeroed memory; it may be left alone after a call that is made once. */
    long allocate(int bytes) {
        return memory.allocateMemory(bytes, true);
    }

    void free(long address) {
        memory.freeMemory(address);
    }

    /** The bytes and a zero. */
    long string(byte[] bytes) {
        long address = allocate(bytes.length + 1);
        memory.putByteArray(address, bytes, 0, bytes.length);
        return address;
    }

    /** The name as the kernel knows it; JDK 17 does not use UTF-8 for names in every locale. */
    long path(Path path) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        return string(path.toString().getBytes(Charset.forName(encoding)));
    }

    /** What is there up to a zero. */
    String text(long address) {
        return new String(memory.getZeroTerminatedByteArray(address), StandardCharsets.UTF_8);
    }

    void putBytes(long address, byte[] bytes) {
        memory.putByteArray(address, bytes, 0, bytes.length);
    }

    void putLong(long address, long value) {
        memory.putLong(address, value);
    }

    void putShort(long address, short value) {
        memory.putShort(address, value);
    }

    void putInt(long address, int value) {
        memory.putInt(address, value);
    }

    long getLong(long address) {
        return memory.getLong(address);
    }

    int getInt(long address) {
        return memory.getInt(address);
    }

    byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        memory.getByteArray(address, bytes, 0, length);
        return bytes;
    }
}
