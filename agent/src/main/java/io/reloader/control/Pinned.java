// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/**
 * Workers of one pool that keep their threads: they change code between two units of work and are never waited for.
 *
 * @param workers how many
 * @param why what they are and when they change ("Netty event loops keep their thread; ..."); empty if none
 */
public record Pinned(int workers, String why) {
    public static final Pinned NONE = new Pinned(0, "");
}
