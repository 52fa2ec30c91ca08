// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspendSignalTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {
                "unset, 12",
                "35, 35",
                "12, 12",
                "64, 64",
                "65, 12",
                "11, 12",
                "10, 12",
                "'', 12",
                "x, 12",
                "99999999999, 12"
            })
    void isTheOneHotSpotWouldChoose(String environment, int expected) {
        assertThat(SuspendSignal.number(environment)).isEqualTo(expected);
    }
}
