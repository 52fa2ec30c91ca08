// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How this process was started, byte by byte, so that it can be started once more: argument files and wildcards as
 * typed, empty arguments kept, text in any encoding. {@link ProcessHandle} and the runtime MXBean tell it expanded and
 * decoded.
 *
 * @param arguments with the program's own name first
 * @param environment {@code NAME=value} each, as the process got it
 */
public record ProcessImage(List<byte[]> arguments, List<byte[]> environment) {

    public static ProcessImage read() throws IOException {
        return new ProcessImage(
                split(Files.readAllBytes(Path.of("/proc/self/cmdline"))),
                split(Files.readAllBytes(Path.of("/proc/self/environ"))));
    }

    /** Every piece ends in a zero byte; an empty piece is a piece. */
    static List<byte[]> split(byte[] zeroTerminated) {
        List<byte[]> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < zeroTerminated.length; i++) {
            if (zeroTerminated[i] == 0) {
                pieces.add(Arrays.copyOfRange(zeroTerminated, start, i));
                start = i + 1;
            }
        }
        if (start < zeroTerminated.length) {
            pieces.add(Arrays.copyOfRange(zeroTerminated, start, zeroTerminated.length));
        }
        return pieces;
    }
}
