// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

/** What an agent can ask of a server of a known kind. A kind is added by a file of its own and a row of {@link Kind}. */
interface Server {

    /** Called now and then while somebody who has come is not accepted. */
    default void crowded() throws ReflectiveOperationException {}

    /** Called once, when everybody who had come was accepted, before the listening sockets are shut. */
    default void closing() throws ReflectiveOperationException {}

    /** Called after that, again and again: from now on each connection is to end with the answer it waits for. */
    default void endConnections() throws ReflectiveOperationException {}

    /**
     * Called for a connection on which nothing moves: whether some of its streams have no answer yet. False of
     * protocols that answer in turn, since the kernel knows who spoke last.
     *
     * @param caller the caller's port
     */
    default boolean owes(int caller) throws ReflectiveOperationException {
        return false;
    }
}
