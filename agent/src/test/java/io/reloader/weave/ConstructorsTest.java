// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.FutureTask;
import java.util.concurrent.ReloaderConstructors;
import org.junit.jupiter.api.Test;

/** What is left for a constructor is taken by that one, once, or by none. */
class ConstructorsTest {
    private final Object[] array = {String.class, 2, "an argument"};

    @Test
    void whatIsLeftIsTakenOnceByTheClassThatItIsFor() {
        ReloaderConstructors.arm(array);
        assertThat(ReloaderConstructors.take(String.class, 2)).isSameAs(array).endsWith(2, "an argument");
        assertThat(ReloaderConstructors.take(String.class, 2)).isNull();
        ReloaderConstructors.taken(array);
    }

    @Test
    void anotherClassDropsItAndTheCallerIsTold() {
        ReloaderConstructors.armWithRoom(array);
        assertThat(ReloaderConstructors.take(Integer.class, 2)).isNull();
        assertThat(ReloaderConstructors.take(String.class, 2)).isNull();
        assertThatThrownBy(() -> ReloaderConstructors.taken(array))
                .isInstanceOf(IncompatibleClassChangeError.class)
                .hasMessage("a constructor that was added to java.lang.String has been taken back");
    }

    @Test
    void aConstructorThatDoesNotKnowItsNumberDropsItAndTheCallerIsTold() {
        ReloaderConstructors.arm(array);
        assertThat(ReloaderConstructors.take(String.class, 1)).isNull();
        assertThatThrownBy(() -> ReloaderConstructors.taken(array)).isInstanceOf(IncompatibleClassChangeError.class);
    }

    @Test
    void whatACallerThatFailedHasClearedIsNotTaken() {
        ReloaderConstructors.arm(array);
        array[0] = null;
        assertThat(ReloaderConstructors.take(String.class, 2)).isNull();
    }

    @Test
    void otherThreadsDoNotTakeIt() throws Exception {
        ReloaderConstructors.arm(array);
        FutureTask<Object[]> other = new FutureTask<>(() -> ReloaderConstructors.take(String.class, 2));
        Thread thread = new Thread(other);
        thread.start();
        assertThat(other.get()).isNull();
        thread.join();
        assertThat(ReloaderConstructors.take(String.class, 2)).isSameAs(array);
    }

    /** As deep as there is room for; then what a caller does that the JVM does not let catch what fails. */
    @Test
    void whereTheStackOverflowsItIsNotLeft() {
        int overflows = 0;
        for (int i = 0; i < 50; i++) {
            try {
                deeper(1);
            } catch (StackOverflowError e) {
                overflows++;
            }
            assertThat(ReloaderConstructors.take(String.class, 2)).isNull();
        }
        assertThat(overflows).isEqualTo(50);
    }

    private int deeper(int depth) {
        ReloaderConstructors.armWithRoom(array.clone());
        ReloaderConstructors.take(String.class, 2);
        return depth == 0 ? 0 : deeper(depth + 1) + 1;
    }
}
