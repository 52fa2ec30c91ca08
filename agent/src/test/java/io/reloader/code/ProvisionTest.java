// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.io.ObjectStreamClass;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What classes are given when they are loaded, and what becomes of it. */
class ProvisionTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 2_000;

    @TempDir
    private Path home;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(home);
    }

    @Test
    void aHierarchyGetsOneSlotAndNothingThatSerializationSees() throws Exception {
        var classes = Sources.compile("""
                interface Plain { void f(); }
                interface Sent extends Plain, java.io.Serializable { }
                class Base implements Plain { public void f() { } }
                class Middle extends Base { public boolean equals(Object o) { return true; } public int hashCode() { return 1; } }
                class Form implements Sent { int a; public void f() { } }
                class Bare { }
                enum Kind { ONE }
                record Pair(int a) { }
                class Raised extends RuntimeException { }
                """);
        shop.write(classes);
        try (Application app = Application.structural()) {
            URLClassLoader loader = app.loader(home);
            assertThat(given(loader, "Base")).containsExactly("$reloader", "equals", "f", "hashCode", "toString");
            assertThat(given(loader, "Middle")).containsExactly("equals", "hashCode");
            assertThat(given(loader, "Form")).containsExactly("$reloader", "a", "f");
            assertThat(given(loader, "Bare")).containsExactly("$reloader", "equals", "hashCode", "toString");
            assertThat(given(loader, "Kind")).contains("$reloader", "toString");
            assertThat(given(loader, "Plain")).containsExactly("f");
            assertThat(given(loader, "Pair")).doesNotContain("$reloader");
            assertThat(given(loader, "Raised")).containsExactly("$reloader");
            ClassLoader untouched = new Defining(classes);
            for (String each : List.of("Form", "Raised", "Kind")) {
                assertThat(number(loader, each)).as(each).isEqualTo(number(untouched, each));
            }
            Object bare = made(loader, "Bare");
            assertThat(List.of(made(loader, "Bare"), bare).indexOf(bare)).isEqualTo(1);
            assertThat(bare.toString()).isEqualTo("com.acme.Bare@" + Integer.toHexString(bare.hashCode()));
            assertThat(bare.hashCode()).isEqualTo(System.identityHashCode(bare));
        }
    }

    private static List<String> given(ClassLoader loader, String name) throws Exception {
        Class<?> type = Class.forName("com.acme." + name, false, loader);
        List<String> names = new ArrayList<>();
        Arrays.stream(type.getDeclaredFields()).map(Field::getName).forEach(names::add);
        Arrays.stream(type.getDeclaredMethods()).map(each -> each.getName()).forEach(names::add);
        return names.stream().sorted().toList();
    }

    private static long number(ClassLoader loader, String name) throws Exception {
        return ObjectStreamClass.lookup(Class.forName("com.acme." + name, true, loader))
                .getSerialVersionUID();
    }

    private static Object made(ClassLoader loader, String name) throws Exception {
        var constructor = Class.forName("com.acme." + name, true, loader).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAgentThatComesAfterOneThatHasLeftReloadsClassesThatWereGivenSomething(boolean structure) throws Exception {
        String source = "public class Cart { public static Object run() { return \"%s\" + new Cart(); } %s }";
        String text = "public String toString() { return %s; }";
        try (Application first = Application.structural()) {
            shop.write(Sources.compile(source.formatted("a", text.formatted("\"1\""))));
            URLClassLoader loader = first.loader(home);
            assertThat(Application.call(loader, "Cart", "run")).isEqualTo("a1");
            first.code.leave(line -> {});
            try (Application second = structure ? Application.attachedTo(true) : new Application(Duration.ZERO)) {
                second.code.remember();
                String more = structure ? text.formatted("\"\" + y") + " int y = 2;" : text.formatted("\"2\"");
                shop.write(Sources.compile(source.formatted("b", more)));
                second.applies(1, 0);
                assertThat(Application.call(loader, "Cart", "run")).isEqualTo("b2");
                assertThat(second.rollBack()).isInstanceOf(TakeUp.Applied.class);
                assertThat(Application.call(loader, "Cart", "run")).isEqualTo("a1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void threadsThatMeetAtAnObjectsFirstAddedFieldsShareThemAndTheObjectIsCollected(boolean slots) throws Exception {
        String source = "public class Cart implements java.util.function.IntUnaryOperator,"
                + " java.util.function.Supplier<Object> { public Object get() { return new Cart(); }"
                + " public synchronized int applyAsInt(int by) { %s } %s }";
        try (Application app = slots ? Application.structural() : Application.attachedTo(true)) {
            shop.write(Sources.compile(source.formatted("return 0;", "")));
            URLClassLoader loader = app.loader(home);
            Supplier<?> maker = (Supplier<?>) made(loader, "Cart");
            shop.write(Sources.compile(source.formatted("return a += by;", "int a;")));
            app.applies(1, 0);
            shop.write(Sources.compile(source.formatted("b += by; return a += by;", "int a; long b;")));
            app.applies(1, 0);
            for (int i = 0; i < ROUNDS; i++) {
                IntUnaryOperator each = (IntUnaryOperator) maker.get();
                meet(each);
                assertThat(each.applyAsInt(0)).isEqualTo(THREADS);
            }
            WeakReference<Object> gone = new WeakReference<>(used(maker));
            assertThat(collected(gone))
                    .as("an object with added fields is collected")
                    .isTrue();
        }
    }

    private static Object used(Supplier<?> maker) {
        Object made = maker.get();
        assertThat(((IntUnaryOperator) made).applyAsInt(1)).isEqualTo(1);
        return made;
    }

    private static boolean collected(WeakReference<Object> gone) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (gone.get() != null && System.nanoTime() < end) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return gone.get() == null;
    }

    private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "meeting");
        thread.setDaemon(true);
        return thread;
    });

    private static void meet(IntUnaryOperator at) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(POOL.submit(() -> {
                start.await();
                return at.applyAsInt(1);
            }));
        }
        start.countDown();
        for (Future<Integer> each : all) {
            each.get(30, TimeUnit.SECONDS);
        }
    }
}
