// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

/** A disposition as the kernel keeps it: the handler's address and the SA_ flags. */
public record Sigaction(long handler, int flags) {
    /** What HotSpot installs its suspend handler with. */
    public static final int SIGINFO_RESTART = 0x4 | 0x10000000;

    /** The same for a thread that brought its own signal stack, as those of a Go runtime do. */
    public static final int ONSTACK_SIGINFO_RESTART = SIGINFO_RESTART | 0x08000000;
}
