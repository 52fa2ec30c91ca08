// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutationTest {
    static final String RICH = "public class Cart { public static int total() { return %d; }"
            + " public static int rate() { return Tax.rate(); } } class Tax<T extends Number> implements Runnable {"
            + " static final String NAME = \"tax\"; private int[][] rates = new int[2][3];"
            + " static int rate() { return %d; } public void run() { Runnable r = () -> System.out.println(rates);"
            + " switch (NAME.hashCode()) { case 1: case 2: case 3: r.run(); break; case 1000: rate(); default: } }"
            + " @Deprecated long sum(long a, double b, String... c) { try { return a + (long) b; }"
            + " finally { a++; } } }";

    @TempDir
    private Path home;

    @Test
    void aMutatedClassFileIsRefusedOrAppliedWithTheWholeBatch() throws Exception {
        Random random = new Random(20_240_607);
        Shop shop = new Shop(home);
        int refused = 0;
        try (Application app = new Application()) {
            shop.write(Sources.compile(RICH.formatted(0, 0)));
            URLClassLoader loader = app.loader(home);
            Application.call(loader, "Cart", "rate");
            List<Map<String, byte[]>> versions = IntStream.range(0, 8)
                    .mapToObj(version -> Sources.compile(RICH.formatted(version, version)))
                    .toList();
            for (int round = 1; round <= 400; round++) {
                Object before = Objects.requireNonNull(Application.call(loader, "Cart", "total"));
                int version = ((Integer) before + 1) % versions.size();
                Map<String, byte[]> next = new HashMap<>(versions.get(version));
                next.put("com/acme/Tax", Mutations.of(Sources.of(next, "Tax"), random));
                shop.write(next);

                TakeUp ended = app.reload();

                boolean applied = ended instanceof TakeUp.Applied;
                assertThat(Application.call(loader, "Cart", "total")).isEqualTo(applied ? (Object) version : before);
                refused += applied ? 0 : 1;
                if (ended instanceof TakeUp.Refused because) {
                    assertThat(because.faults()).isNotEmpty().noneMatch(fault -> fault.startsWith("the scan failed"));
                }
            }
            assertThat(refused).isBetween(100, 399);
            shop.write(Sources.compile(RICH.formatted(1000, 1000)));
            assertThat(app.reload()).isInstanceOf(TakeUp.Applied.class);
            assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(1000);
        }
    }
}
