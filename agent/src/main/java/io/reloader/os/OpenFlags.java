// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

/** The flags of open(2) on Linux; one of them is another number on aarch64. */
final class OpenFlags {
    static final int WRITE = 1;
    static final int READ_WRITE = 2;
    static final int CREATE = 0x40;
    static final int EXCLUSIVE = 0x80;
    static final int NOCTTY = 0x100;
    static final int APPEND = 0x400;
    static final int NONBLOCK = 0x800;
    static final int NOFOLLOW = Architecture.current() == Architecture.AARCH64 ? 0x8000 : 0x20000;
    static final int CLOEXEC = 0x80000;

    private OpenFlags() {}
}
