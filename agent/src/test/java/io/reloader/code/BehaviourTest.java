// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reloader.code.Behaviours.Behaviour;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BehaviourTest {
    @TempDir
    private Path home;

    @Test
    void thereAreSixtyAtTheLeast() {
        assertThat(Behaviours.all().stream().filter(each -> each.release() == 8))
                .hasSizeGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest(name = "release {0}")
    @ValueSource(ints = {8, 17, 21})
    void aReloadedClassAnswersAsOneThatWasStartedAnew(int release) throws Exception {
        assumeThat(release).isLessThanOrEqualTo(Runtime.version().feature());
        List<Behaviour> all = Behaviours.all().stream()
                .filter(each -> each.release() <= release)
                .toList();
        Path fresh = home.resolve("fresh");
        Sources.directory(fresh, compile(all, false, release));
        Shop shop = new Shop(home.resolve("live"));
        shop.write(compile(all, true, release));
        try (Application app = new Application()) {
            URLClassLoader live = app.loader(home.resolve("live"));
            Map<String, String> before = answers(all, live);
            shop.write(compile(all, false, release));

            assertThat(app.reload().toString()).startsWith("Applied");

            Map<String, String> expected = answers(all, app.loader(fresh));
            all.forEach(each ->
                    assertThat(expected.get(each.name())).as(each.name()).isNotEqualTo(before.get(each.name())));
            all.stream()
                    .filter(Behaviour::keeps)
                    .forEach(each -> expected.replace(each.name(), before.get(each.name())));
            assertThat(answers(all, live)).isEqualTo(expected);
            assertThat(app.said.stream().filter(line -> line.contains("restart to")))
                    .hasSize(5);
        }
    }

    private static Map<String, byte[]> compile(List<Behaviour> all, boolean before, int release) {
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            String members = before ? all.get(i).before() : all.get(i).after();
            source.append("class T").append(i).append(" { ");
            source.append(members.replace("§", "T" + i)).append(" }\n");
        }
        return Sources.compile(source.toString(), "--release", String.valueOf(release));
    }

    private static Map<String, String> answers(List<Behaviour> all, ClassLoader loader) throws Exception {
        Map<String, String> answers = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            answers.put(all.get(i).name(), String.valueOf(Application.call(loader, "T" + i, "run")));
        }
        return answers;
    }
}
