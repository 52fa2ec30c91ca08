// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationsTest {
    @TempDir
    private Path proc;

    @ParameterizedTest
    @CsvSource({
        "java -Xmx1g -jar /srv/orders.jar --port 1, /srv/orders.jar",
        "java -cp a.jar:b.jar -Da=b com.acme.Orders x, com.acme.Orders",
        "java --add-opens java.base/java.lang=ALL-UNNAMED --class-path a com.acme.Orders, com.acme.Orders",
        "java -p mods -m com.acme/com.acme.Orders, com.acme/com.acme.Orders",
        "java --module=com.acme/com.acme.Orders, com.acme/com.acme.Orders",
        "java @options com.acme.Orders, com.acme.Orders",
        "java -version,"
    })
    void aCommandLineTellsWhatRuns(String line, String program) {
        assertThat(Applications.program(line.split(" "))).isEqualTo(program);
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/orders.jar, orders.jar, true",
        "/srv/orders.jar, orders, true",
        "/srv/orders.jar, jar, false",
        "/srv/orders.jar, order, false",
        "com.acme.Orders, Orders, true",
        "com.acme.Orders, com.acme.Orders, true",
        "com.acme.Orders, acme.Orders, false",
        "com.acme/com.acme.Orders, Orders, true"
    })
    void aNameIsAWholeOne(String main, String name, boolean is) {
        assertThat(new Applications.Running(1, main).is(name)).isEqualTo(is);
    }

    @Test
    void amongSeveralNoneIsGuessed() throws Exception {
        process(7, "/usr/bin/java", "-jar", "/a/orders.jar");
        process(12, "java", "-cp", "x", "com.acme.orders");
        process(13, "/bin/sh", "-jar", "orders.jar");
        process(14, "java", "-jar", "reloader.jar");
        Processes processes = new Processes(new Applications(proc, 14));

        assertThatThrownBy(() -> processes.find("orders"))
                .hasMessage("2 JVMs run orders: 7 (/a/orders.jar), 12 (com.acme.orders); name one by its number");
        assertThat(processes.find("orders.jar")).isEqualTo(7);
        assertThatThrownBy(() -> processes.find("reloader.jar")).hasMessageContaining("no JVM here runs reloader.jar");
    }

    private void process(long pid, String... arguments) throws IOException {
        Path directory = Files.createDirectory(proc.resolve(Long.toString(pid)));
        Files.writeString(directory.resolve("cmdline"), String.join("\0", List.of(arguments)) + "\0");
    }
}
