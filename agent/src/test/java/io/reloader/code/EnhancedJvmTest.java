// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.objectweb.asm.ClassReader;

class EnhancedJvmTest {
    @Test
    void thisJvmDoesNot() {
        assertThat(new EnhancedJvm(Application.attach()).takesMembers()).isFalse();
    }

    @Test
    void oneThatTakesAClassWithMoreMembersDoesAndIsTriedOnce() throws Exception {
        Instrumentation jvm = mock(Instrumentation.class);
        EnhancedJvm enhanced = new EnhancedJvm(jvm);
        assertThat(enhanced.takesMembers()).isTrue();
        assertThat(enhanced.takesMembers()).isTrue();
        ArgumentCaptor<ClassDefinition> tried = ArgumentCaptor.forClass(ClassDefinition.class);
        verify(jvm, times(1)).redefineClasses(tried.capture());
        var next = ClassDiff.read(tried.getValue().getDefinitionClassFile(), ClassReader.SKIP_CODE);
        assertThat(next.fields).hasSize(1);
        assertThat(next.methods).extracting(each -> each.name).contains("method");
    }

    @Test
    void oneThatRejectsItDoesNot() throws Exception {
        Instrumentation jvm = mock(Instrumentation.class);
        doThrow(new UnsupportedOperationException("class redefinition failed: attempted to add a method"))
                .when(jvm)
                .redefineClasses(any());
        assertThat(new EnhancedJvm(jvm).takesMembers()).isFalse();
    }
}
