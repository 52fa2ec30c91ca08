// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** Whose connections are taken: this user's and root's, as the kernel tells them. Needs the module jdk.net. */
final class Peers {
    private final Set<UserPrincipal> welcome;

    Peers(int uid) throws IOException {
        UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
        // Equal by number: a number is looked up as one that is nobody's name.
        welcome = new HashSet<>(
                List.of(users.lookupPrincipalByName("0"), users.lookupPrincipalByName(Integer.toString(uid))));
    }

    boolean welcomes(SocketChannel channel) {
        try {
            return welcome.contains(
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
