// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Function;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.util.Arrays;

/** The few calls into libc that the agent needs, on 64-bit Linux. Called from any thread, off the start-up path. */
public final class Libc {
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MFD_CLOEXEC = 1;
    private static final long MAP_FAILED = -1;

    // struct sigaction of glibc on x86-64 and aarch64, and of musl: handler, 128 bytes of mask, flags, restorer.
    private static final int SIGACTION_FLAGS = 136;
    private static final int SIGACTION_SIZE = 152;

    private final Invoker invoker = Invoker.getInstance();
    // Not getInstance(): that one prefers sun.misc.Unsafe, which newer JDKs warn of.
    private final MemoryIO memory = MemoryIO.getCheckedInstance();

    private final Function sigaction = function("sigaction", 3);
    private final Function getpid = function("getpid", 0);
    private final Function getpagesize = function("getpagesize", 0);
    private final Function mmap = function("mmap", 6);
    private final Function munmap = function("munmap", 2);
    private final Function mprotect = function("mprotect", 3);

    private Libc() throws NativeUnavailable {}

    static Libc bind() throws NativeUnavailable {
        try {
            return new Libc();
        } catch (RuntimeException | LinkageError e) {
            throw new NativeUnavailable("libc could not be bound (" + e + ")", e);
        }
    }

    public Sigaction sigaction(int signal) throws NativeUnavailable {
        long buffer = memory.allocateMemory(SIGACTION_SIZE, true);
        try {
            check("sigaction", invoker.invokeLLLrL(sigaction, signal, 0, buffer));
            return new Sigaction(memory.getLong(buffer), memory.getInt(buffer + SIGACTION_FLAGS));
        } finally {
            memory.freeMemory(buffer);
        }
    }

    /** Installs the disposition with an empty mask. */
    public void sigaction(int signal, Sigaction disposition) throws NativeUnavailable {
        long buffer = memory.allocateMemory(SIGACTION_SIZE, true);
        try {
            memory.putLong(buffer, disposition.handler());
            memory.putInt(buffer + SIGACTION_FLAGS, disposition.flags());
            check("sigaction", invoker.invokeLLLrL(sigaction, signal, buffer, 0));
        } finally {
            memory.freeMemory(buffer);
        }
    }

    public int getpid() {
        return (int) invoker.invokeVrL(getpid);
    }

    /** The address of a page of its own that holds this code, readable and executable; never unmapped. */
    public long executablePage(byte[] code) throws NativeUnavailable {
        int size = (int) invoker.invokeVrL(getpagesize);
        long page = invoker.invokeLLLLLLrL(mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (page == MAP_FAILED) {
            throw failure("mmap");
        }
        // Written once and before it is executable: aarch64 then needs no flush of the instruction cache.
        memory.putByteArray(page, code, 0, code.length);
        if ((int) invoker.invokeLLLrL(mprotect, page, size, PROT_READ | PROT_EXEC) == 0) {
            return page;
        }
        invoker.invokeLLrL(munmap, page, size);
        return executableFile(code, size);
    }

    /** Where memory that was writable may not become executable (PR_SET_MDWE, SELinux execmem), a file still may. */
    long executableFile(byte[] code, int size) throws NativeUnavailable {
        long buffer = memory.allocateMemory(code.length, true);
        memory.putByteArray(buffer, code, 0, code.length);
        // Zeroed memory: the byte after the name ends it.
        long name = memory.allocateMemory(16, true);
        memory.putByteArray(name, new byte[] {'r', 'e', 'l', 'o', 'a', 'd', 'e', 'r'}, 0, 8);
        int file = (int) invoker.invokeLLrL(function("memfd_create", 2), name, MFD_CLOEXEC);
        try {
            if (file < 0) {
                throw failure("mprotect and memfd_create");
            }
            long written = invoker.invokeLLLrL(function("write", 3), file, buffer, code.length);
            long page = invoker.invokeLLLLLLrL(mmap, 0, size, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
            if (written != code.length || page == MAP_FAILED) {
                throw failure("mprotect and mmap of a memfd");
            }
            return page;
        } finally {
            memory.freeMemory(buffer);
            memory.freeMemory(name);
            if (file >= 0) {
                invoker.invokeLrL(function("close", 1), file);
            }
        }
    }

    private static void check(String call, long result) throws NativeUnavailable {
        if ((int) result != 0) {
            throw failure(call);
        }
    }

    private static NativeUnavailable failure(String call) {
        return new NativeUnavailable(
                call + " failed with errno " + LastError.getInstance().get(), null);
    }

    /** Every parameter and the result in a 64-bit register, errno saved. */
    /** A function of libc, every parameter and the result in a 64-bit register. */
    static Function function(String name, int parameters) throws NativeUnavailable {
        long address = Library.getDefault().getSymbolAddress(name);
        if (address == 0) {
            throw new NativeUnavailable("libc has no " + name, null);
        }
        Type[] types = new Type[parameters];
        Arrays.fill(types, Type.SLONG);
        // The context saves errno before the JVM's own calls overwrite it.
        return new Function(address, CallContext.getCallContext(Type.SLONG, types, CallingConvention.DEFAULT, true));
    }
}
