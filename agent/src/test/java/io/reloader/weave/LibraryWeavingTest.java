// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LibraryWeavingTest {
    private static final String NAME = "org.apache.tomcat.util.threads.ThreadPoolExecutor";

    private final Instrumentation instrumentation = ByteBuddyAgent.install();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final PoolWeaver weaver = new PoolWeaver(instrumentation, troubles::add);

    @AfterEach
    void takeOut() {
        weaver.uninstall();
    }

    @Test
    void classOfUnknownShapeIsSaidOnceAndLeftAloneAndTheOtherKindsStayInForce() throws Exception {
        Class<?> before = unknown("early." + NAME);
        weaver.install();
        Class<?> after = unknown("later." + NAME);
        instrumentation.retransformClasses(before, after);
        assertThat(troubles).hasSize(2);
        assertThat(troubles.get(0))
                .contains("Tomcat's ThreadPoolExecutor (early." + NAME, "its workers are pinned")
                .doesNotContain("\n");
        assertThat(weaver.refused(before)).isTrue();
        assertThat(weaver.refused(after)).isTrue();
        assertThat(weaver.refused(java.util.concurrent.ThreadPoolExecutor.class))
                .isFalse();
    }

    @Test
    void classWhoseNameOnlyEndsAlikeIsNotLookedAt() throws Exception {
        weaver.install();
        Class<?> other = unknown("Not" + NAME);
        assertThat(troubles).isEmpty();
        assertThat(weaver.refused(other)).isFalse();
    }

    @Test
    void relocatedCopyFits() {
        Target target = Target.library("org/apache/Pool");
        assertThat(target.fits(null, "org/apache/Pool")).isTrue();
        assertThat(target.fits(null, "shaded/org/apache/Pool")).isTrue();
        assertThat(target.fits(null, "shadedorg/apache/Pool")).isFalse();
        assertThat(target.fits(null, "apache/Pool")).isFalse();
        assertThat(target.fits(null, "org/apache/Pool$Worker")).isFalse();
    }

    @Test
    void jdkClassFitsInTheJdkOnly() {
        Target target = Target.jdk("java/util/Pool");
        assertThat(target.fits(null, "java/util/Pool")).isTrue();
        assertThat(target.fits(null, "shaded/java/util/Pool")).isFalse();
        assertThat(target.fits(getClass().getClassLoader(), "java/util/Pool")).isFalse();
    }

    private static Class<?> unknown(String name) {
        return new ByteBuddy()
                .subclass(Object.class)
                .name(name)
                .defineField("ctl", int.class, Visibility.PRIVATE)
                .make()
                .load(ClassLoader.getPlatformClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded();
    }
}
