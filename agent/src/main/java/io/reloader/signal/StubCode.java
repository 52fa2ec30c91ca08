// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import io.reloader.os.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The machine code of the stub, a handler with SA_SIGINFO: what this process sent by tgkill (HotSpot's own requests)
 * jumps to HotSpot's suspend handler, anything else to its dispatcher. In a child between vfork and exec it returns:
 * there HotSpot's dispatcher would count the signal once more for the parent, whose memory it shares. It calls nothing
 * and leaves errno alone.
 */
final class StubCode {
    private static final byte X86_RET = (byte) 0xC3;
    private static final int X86_SUSPEND = 19;
    private static final int ARM_RET = 0xD65F03C0;
    private static final int ARM_SUSPEND = 7;

    private StubCode() {}

    /** Where signals go. A suspend address of 0 drops HotSpot's requests. */
    record Routes(int pid, long suspend, long dispatch) {}

    /** Position-independent code; empty for an architecture without a stub. */
    static byte[] assemble(Architecture architecture, Routes routes) {
        return switch (architecture) {
            case X86_64 -> x86(routes);
            case AARCH64 -> aarch64(routes);
            case OTHER -> new byte[0];
        };
    }

    private static byte[] x86(Routes routes) {
        ByteBuffer code = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        code.putInt(0xFA1E0FF3); //                       endbr64
        code.putInt(0xFA087E83); //                       cmp dword [rsi+8], -6     si_code, SI_TKILL
        code.putShort((short) 0x1575); //                 jne other
        put(code, 0x81, 0x7E, 0x10).putInt(routes.pid); // cmp dword [rsi+16], pid   si_pid
        code.putShort((short) 0x0C75); //                 jne other
        put(code, 0x48, 0xB8).putLong(routes.suspend); // mov rax, suspend
        put(code, 0xFF, 0xE0); //                         jmp rax
        put(code, 0xB8).putInt(39); //               other: mov eax, 39              getpid
        put(code, 0x0F, 0x05); //                         syscall
        put(code, 0x3D).putInt(routes.pid); //            cmp eax, pid
        code.putShort((short) 0x0C75); //                 jne child
        put(code, 0x48, 0xB8).putLong(routes.dispatch); // mov rax, dispatch
        put(code, 0xFF, 0xE0); //                         jmp rax
        code.put(X86_RET); //                        child: ret
        if (routes.suspend == 0) {
            code.put(X86_SUSPEND, X86_RET);
        }
        return Arrays.copyOf(code.array(), code.position());
    }

    private static ByteBuffer put(ByteBuffer code, int... bytes) {
        for (int b : bytes) {
            code.put((byte) b);
        }
        return code;
    }

    private static byte[] aarch64(Routes routes) {
        int[] words = {
            0xD503245F, //        bti  c
            0xB9401029, //        ldr  w9, [x1, #16]        si_pid
            0x1800028A, //        ldr  w10, pid
            0xB940082B, //        ldr  w11, [x1, #8]        si_code
            0x3100197F, //        cmn  w11, #6              SI_TKILL
            0x7A4A0120, //        ccmp w9, w10, #0, eq
            0x54000061, //        b.ne other
            0x58000170, //        ldr  x16, suspend
            0xD61F0200, //        br   x16
            0xAA0003E9, // other: mov  x9, x0
            0xD2801588, //        mov  x8, #172             getpid
            0xD4000001, //        svc  #0
            0x6B0A001F, //        cmp  w0, w10
            0xAA0903E0, //        mov  x0, x9
            0x54000061, //        b.ne child
            0x580000B0, //        ldr  x16, dispatch
            0xD61F0200, //        br   x16
            ARM_RET, //    child: ret
        };
        if (routes.suspend == 0) {
            words[ARM_SUSPEND] = ARM_RET;
        }
        ByteBuffer code = ByteBuffer.allocate(92).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            code.putInt(word);
        }
        return code.putLong(routes.suspend)
                .putLong(routes.dispatch)
                .putInt(routes.pid)
                .array();
    }
}
