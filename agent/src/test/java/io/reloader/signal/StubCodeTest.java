// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.os.Architecture;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The expected bytes are those of GNU as 2.40; beside them is what objdump says. */
class StubCodeTest {
    private static final StubCode.Routes ROUTES =
            new StubCode.Routes(0x55555555, 0x1111111122222222L, 0x3333333344444444L);

    @Test
    void x86IsWhatTheAssemblerMakes() {
        assertThat(hex(Architecture.X86_64, ROUTES))
                .isEqualTo(
                        "f30f1efa" //             0: endbr64
                                + "837e08fa" //              4: cmp    DWORD PTR [rsi+0x8],0xfffffffa
                                + "7515" //                  8: jne    1f
                                + "817e1055555555" //        a: cmp    DWORD PTR [rsi+0x10],0x55555555
                                + "750c" //                 11: jne    1f
                                + "48b82222222211111111" // 13: movabs rax,0x1111111122222222
                                + "ffe0" //                 1d: jmp    rax
                                + "b827000000" //           1f: mov    eax,0x27
                                + "0f05" //                 24: syscall
                                + "3d55555555" //           26: cmp    eax,0x55555555
                                + "750c" //                 2b: jne    39
                                + "48b84444444433333333" // 2d: movabs rax,0x3333333344444444
                                + "ffe0" //                 37: jmp    rax
                                + "c3"); //                 39: ret
    }

    @Test
    void aarch64IsWhatTheAssemblerMakes() {
        assertThat(hex(Architecture.AARCH64, ROUTES))
                .isEqualTo(little("d503245f") //   0: bti   c
                        + little("b9401029") //    4: ldr   w9, [x1, #16]
                        + little("1800028a") //    8: ldr   w10, 58
                        + little("b940082b") //    c: ldr   w11, [x1, #8]
                        + little("3100197f") //   10: cmn   w11, #0x6
                        + little("7a4a0120") //   14: ccmp  w9, w10, #0x0, eq
                        + little("54000061") //   18: b.ne  24
                        + little("58000170") //   1c: ldr   x16, 48
                        + little("d61f0200") //   20: br    x16
                        + little("aa0003e9") //   24: mov   x9, x0
                        + little("d2801588") //   28: mov   x8, #0xac
                        + little("d4000001") //   2c: svc   #0x0
                        + little("6b0a001f") //   30: cmp   w0, w10
                        + little("aa0903e0") //   34: mov   x0, x9
                        + little("54000061") //   38: b.ne  44
                        + little("580000b0") //   3c: ldr   x16, 50
                        + little("d61f0200") //   40: br    x16
                        + little("d65f03c0") //   44: ret
                        + little("22222222") //   48: suspend
                        + little("11111111")
                        + little("44444444") //   50: dispatch
                        + little("33333333")
                        + little("55555555")); // 58: pid
    }

    @Test
    void dropsRequestsOfAJvmWhoseHandlerIsLost() {
        StubCode.Routes lost = new StubCode.Routes(0x55555555, 0, 0x3333333344444444L);

        assertThat(hex(Architecture.X86_64, lost)).startsWith("f30f1efa837e08fa7515817e1055555555750cc3");
        assertThat(hex(Architecture.AARCH64, lost).substring(0x1c * 2)).startsWith(little("d65f03c0"));
    }

    @Test
    void hasNoCodeForOtherArchitectures() {
        assertThat(StubCode.assemble(Architecture.OTHER, ROUTES)).isEmpty();
    }

    private static String hex(Architecture architecture, StubCode.Routes routes) {
        return HexFormat.of().formatHex(StubCode.assemble(architecture, routes));
    }

    private static String little(String word) {
        return HexFormat.of().toHexDigits(Integer.reverseBytes(HexFormat.fromHexDigits(word)));
    }
}
