// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Function;
import com.kenai.jffi.HeapInvocationBuffer;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.util.Arrays;

/**
 * Calls of libc by name: every parameter and the result in a 64-bit register, which fits integers, pointers and, on
 * x86-64 and aarch64 Linux, the variadic fcntl and open. For calls that are made once; the ones made often are bound in
 * {@link Libc}.
 */
final class NativeCalls {
    private final Invoker invoker = Invoker.getInstance();
    private final MemoryIO memory = MemoryIO.getCheckedInstance();

    /** The result, -1 with {@link #failure} to tell why included. */
    long call(String name, long... arguments) throws NativeUnavailable {
        long address = Library.getDefault().getSymbolAddress(name);
        if (address == 0) {
            throw new NativeUnavailable("libc has no " + name, null);
        }
        Type[] types = new Type[arguments.length];
        Arrays.fill(types, Type.SLONG);
        // The context saves errno before the JVM's own calls overwrite it.
        Function function =
                new Function(address, CallContext.getCallContext(Type.SLONG, types, CallingConvention.DEFAULT, true));
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

    /** Zeroed memory, never freed: for calls made once. */
    long allocate(int bytes) {
        return memory.allocateMemory(bytes, true);
    }

    /** The bytes and a zero. */
    long string(byte[] bytes) {
        long address = allocate(bytes.length + 1);
        memory.putByteArray(address, bytes, 0, bytes.length);
        return address;
    }

    void putLong(long address, long value) {
        memory.putLong(address, value);
    }

    void putShort(long address, short value) {
        memory.putShort(address, value);
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
