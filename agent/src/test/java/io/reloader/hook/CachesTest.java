// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

/** The caches of the real libraries, as they are on this class path. */
class CachesTest {
    private static final List<String> SPRING = List.of(
            "org.springframework.util.ReflectionUtils",
            "org.springframework.core.annotation.AnnotationUtils",
            "org.springframework.core.ResolvableType",
            "org.springframework.beans.CachedIntrospectionResults");

    /** What Spring and Jackson read. */
    public static class Bean {
        public String getName() {
            return "bean";
        }
    }

    @Test
    void springReadsABeanAnewAfterwards() throws Exception {
        Object before = BeanUtils.getPropertyDescriptor(Bean.class, "name");
        assertThat(BeanUtils.getPropertyDescriptor(Bean.class, "name")).isSameAs(before);
        ReflectionUtils.doWithLocalMethods(Bean.class, method -> {});
        assertThat(AnnotationUtils.findAnnotation(Bean.class, FunctionalInterface.class))
                .isNull();
        assertThat(ResolvableType.forClass(List.class, Bean.class)).isNotNull();
        assertThat(cache(ReflectionUtils.class, "declaredMethodsCache").containsKey(Bean.class))
                .isTrue();

        String line = clear("reloader:spring-caches", SPRING);

        assertThat(line).isEqualTo("after-reload=reloader:spring-caches: 4 cleared");
        assertThat(cache(ReflectionUtils.class, "declaredMethodsCache").containsKey(Bean.class))
                .isFalse();
        assertThat(BeanUtils.getPropertyDescriptor(Bean.class, "name")).isNotSameAs(before);
    }

    @Test
    void jacksonResolvesATypeAnewAfterwards() throws Exception {
        JavaType before = TypeFactory.defaultInstance().constructType(Bean.class);
        assertThat(TypeFactory.defaultInstance().constructType(Bean.class)).isSameAs(before);

        String line = clear("reloader:jackson-caches", List.of("com.fasterxml.jackson.databind.type.TypeFactory"));

        assertThat(line).isEqualTo("after-reload=reloader:jackson-caches: 1 cleared");
        assertThat(TypeFactory.defaultInstance().constructType(Bean.class)).isNotSameAs(before);
    }

    private static String clear(String name, List<String> inUse) throws ClassNotFoundException {
        Class<?>[] loaded = new Class<?>[inUse.size()];
        for (int i = 0; i < loaded.length; i++) {
            loaded[i] = Class.forName(inUse.get(i));
        }
        return Caches.all(List.of(name)).get(0).clear(new Search(() -> loaded, Runnable::run));
    }

    private static Map<?, ?> cache(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return (Map<?, ?>) field.get(null);
    }
}
