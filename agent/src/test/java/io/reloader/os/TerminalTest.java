// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void aProcessOfTheTerminalsForegroundGroupIsInTheForeground() {
        assertThat(Terminal.inForeground("7 (java) S 1 7 5 34816 7 4194304")).isTrue();
    }

    @Test
    void aBackgroundJobIsNotNorAProcessWithoutATerminal() {
        assertThat(Terminal.inForeground("7 (java) S 1 7 5 34816 5 4194304")).isFalse();
        assertThat(Terminal.inForeground("7 (java) S 1 7 5 0 -1 4194304")).isFalse();
        assertThat(Terminal.inForeground("")).isFalse();
    }

    @Test
    void aProgramsNameMayHoldAnything() {
        assertThat(Terminal.inForeground("7 (a) S 1 (b) S 1 7 5 34816 7 4194304"))
                .isTrue();
    }
}
