// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessFactsTest {
    private static final String STATUS = """
            Name:\tjava
            SigPnd:\t0000000000000000
            SigBlk:\t0000000000000004
            SigIgn:\t0000000000000201
            SigCgt:\t2000000181005ccf
            """;

    @Test
    void readsEachSetFromItsOwnLine() {
        ProcessFacts facts = ProcessFacts.parse(STATUS);

        assertThat(facts).isEqualTo(new ProcessFacts(0x4, 0x201, 0x2000000181005ccfL));
    }

    @Test
    void countsSignalsFromOne() {
        ProcessFacts facts = ProcessFacts.parse(STATUS);

        assertThat(facts.ignores(1)).isTrue();
        assertThat(facts.ignores(10)).isTrue();
        assertThat(facts.ignores(9)).isFalse();
        assertThat(facts.blocks(3)).isTrue();
        assertThat(facts.catches(62)).isTrue();
        assertThat(facts.catches(64)).isFalse();
    }

    @Test
    void knowsNoSignalOutsideTheSet() {
        ProcessFacts all = new ProcessFacts(-1, -1, -1);

        assertThat(all.ignores(0)).isFalse();
        assertThat(all.ignores(65)).isFalse();
        assertThat(all.ignores(64)).isTrue();
    }

    @Test
    void takesAMissingLineForAnEmptySet() {
        assertThat(ProcessFacts.parse("Name:\tjava\n")).isEqualTo(new ProcessFacts(0, 0, 0));
    }

    @Test
    void seesThatThisJvmCatchesQuit() {
        assertThat(ProcessFacts.read().catches(3)).isTrue();
    }
}
