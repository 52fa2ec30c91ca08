// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

    @ParameterizedTest
    @CsvSource({"amd64, X86_64", "x86_64, X86_64", "aarch64, AARCH64", "riscv64, OTHER", "arm, OTHER"})
    void isKnownByEachNameThatJvmsUse(String name, Architecture expected) {
        assertThat(Architecture.named(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"X86_64, jni/x86_64-Linux/libjffi-1.2.so", "AARCH64, jni/aarch64-Linux/libjffi-1.2.so"})
    void hasItsLibraryOnTheClassPath(Architecture architecture, String resource) {
        assertThat(architecture.libraryResource()).isEqualTo(resource);
        assertThat(ArchitectureTest.class.getClassLoader().getResource(resource))
                .isNotNull();
    }
}
