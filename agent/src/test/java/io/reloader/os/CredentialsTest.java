// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    @Test
    void theEffectiveUserAndTheInnermostNumberCount() throws IOException {
        String status = "Name:\tjava\nPid:\t4711\nUid:\t0\t1000\t1000\t1000\nNSpid:\t4711\t17\t1\n";
        assertThat(Credentials.parse(status)).isEqualTo(new Credentials(1000, 1));
    }

    @Test
    void aKernelWithoutPidNamespacesHasOneNumber() throws IOException {
        assertThat(Credentials.parse("Name:\tjava\nPid:\t42\nUid:\t7\t7\t7\t7\n"))
                .isEqualTo(new Credentials(7, 42));
    }

    @Test
    void whatIsNoStatusIsSaid() {
        assertThatThrownBy(() -> Credentials.parse("")).isInstanceOf(IOException.class);
    }

    @Test
    void weAreThisProcess() throws IOException {
        assertThat(Credentials.own())
                .isEqualTo(Credentials.of(ProcessHandle.current().pid()));
    }
}
