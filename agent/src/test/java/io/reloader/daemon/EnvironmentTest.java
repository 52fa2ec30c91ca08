// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.os.Account;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void aNameThatAShellCouldUseIsHandedOnAsItIs() {
        assertThat(through(null, "PATH=/bin", "_x9=a=b", "EMPTY="))
                .containsExactly("PATH=/bin", "_x9=a=b", "EMPTY=", "_RELOADER_ENV=0");
    }

    @Test
    void aNameThatAShellWouldLoseOrChangeTravelsAsAValue() {
        assertThat(through(null, "server.port=80", "9x=1", "SHLVL=3", "\u00e9=\u00ff"))
                .containsExactly(
                        "_RELOADER_ENV_0=server.port=80",
                        "_RELOADER_ENV_1=9x=1",
                        "_RELOADER_ENV_2=SHLVL=3",
                        "_RELOADER_ENV_3=\u00e9=\u00ff",
                        "_RELOADER_ENV=4");
    }

    @Test
    void whatAnEarlierHandOverLeftAndWhatHasNoNameIsDropped() {
        assertThat(through(null, "_RELOADER_ENV_0=A=1", "_RELOADER_DAEMON=1", "=x", "x"))
                .containsExactly("_RELOADER_ENV=0");
    }

    @Test
    void anotherUsersNamesReplaceThoseOfTheOneThatIsLeft() {
        Account account = new Account(33, 33, "www", "/var/www");
        assertThat(through(account, "USER=root", "HOME=/root", "LOGNAME=root", "A=1"))
                .containsExactly("USER=www", "LOGNAME=www", "HOME=/var/www", "A=1", "_RELOADER_ENV=0");
    }

    private static List<String> through(@Nullable Account account, String... entries) {
        List<byte[]> bytes = Stream.of(entries)
                .map(entry -> entry.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        return new Environment(bytes, account)
                .forShell().stream()
                        .map(entry -> new String(entry, StandardCharsets.ISO_8859_1))
                        .toList();
    }
}
