// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import io.reloader.os.Account;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The environment on its way through the shell to the daemon. A shell drops a variable whose name it could not use
 * itself (Spring reads {@code server.port}), and changes some; each of those travels as the value of
 * {@code _RELOADER_ENV_<n>}, and env(1) puts it back.
 */
final class Environment {
    private static final String OURS = "_RELOADER_";
    private static final Set<String> SHELLS = Set.of(
            "_",
            "PWD",
            "OLDPWD",
            "SHLVL",
            "IFS",
            "PPID",
            "UID",
            "EUID",
            "LINENO",
            "OPTIND",
            "OPTARG",
            "OPTERR",
            "RANDOM",
            "SECONDS",
            "PS1",
            "PS2",
            "PS4",
            "SHELLOPTS",
            "BASHOPTS",
            "POSIXLY_CORRECT",
            "ENV",
            "BASH_ENV");

    private final List<byte[]> kept = new ArrayList<>();
    private int hidden;

    /** Of the entries with the account's names in place of those of the user that is left. */
    Environment(List<byte[]> entries, @Nullable Account account) {
        Set<String> replaced = Set.of();
        if (account != null && account.name() != null) {
            replaced = Set.of("USER", "LOGNAME", "HOME");
            kept.add(bytes("USER=" + account.name()));
            kept.add(bytes("LOGNAME=" + account.name()));
            kept.add(bytes("HOME=" + account.home()));
        }
        for (byte[] entry : entries) {
            String text = new String(entry, StandardCharsets.ISO_8859_1);
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals);
            if (!name.isEmpty() && !name.startsWith(OURS) && !replaced.contains(name)) {
                add(name, entry);
            }
        }
        kept.add(bytes(OURS + "ENV=" + hidden));
    }

    List<byte[]> forShell() {
        return kept;
    }

    private void add(String name, byte[] entry) {
        if (isShells(name)) {
            kept.add(entry);
            return;
        }
        byte[] prefix = bytes(OURS + "ENV_" + hidden++ + "=");
        byte[] travelling = new byte[prefix.length + entry.length];
        System.arraycopy(prefix, 0, travelling, 0, prefix.length);
        System.arraycopy(entry, 0, travelling, prefix.length, entry.length);
        kept.add(travelling);
    }

    /** Whether a shell hands a variable of this name on as it is. */
    private static boolean isShells(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !SHELLS.contains(name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
