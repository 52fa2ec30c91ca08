// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.ClassChange;
import io.reloader.control.Events;
import io.reloader.control.Journal;
import io.reloader.control.TakeUp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A running application with the agent's class take-up in it, as far as one JVM can play both. */
final class Application implements AutoCloseable {
    final Instrumentation instrumentation;
    final Versions versions;
    final LiveClasses live = new LiveClasses();
    final List<String> said = new ArrayList<>();

    /** What take-ups have made of each class that was not as before. */
    final List<ClassChange> changed = new ArrayList<>();

    final Canary canary = new Canary(() -> {});
    final ClassTakeUp code;
    private final List<URLClassLoader> loaders = new ArrayList<>();

    Application(Duration quiet) {
        this(quiet, Function.identity(), true, false);
    }

    /** One that takes up structural changes. */
    static Application structural() {
        return structural(true);
    }

    /** {@code two}: whether threads may run two versions at once. */
    static Application structural(boolean two) {
        Application app = attachedTo(two);
        app.live.provide(new Provisioning(null, ""));
        return app;
    }

    /** One whose classes were loaded before, so that nothing has prepared them for structural changes. */
    static Application attachedTo(boolean two) {
        return new Application(Duration.ZERO, Function.identity(), two, true);
    }

    /** {@code around}: what is made of the JVM's own. */
    Application(Function<Instrumentation, Instrumentation> around) {
        this(Duration.ZERO, around, true, false);
    }

    private Application(
            Duration quiet, Function<Instrumentation, Instrumentation> around, boolean two, boolean structure) {
        versions = new Versions(two);
        instrumentation = around.apply(attach());
        instrumentation.addTransformer(live, true);
        code = new ClassTakeUp(
                instrumentation,
                live,
                versions,
                new Recorder(),
                new ClassTakeUp.Rules(quiet, 3, structure, canary, new Told()));
    }

    Application() {
        this(Duration.ZERO);
    }

    /** By reflection: the class file names an annotation that is not on the class path, a warning to javac. */
    static Instrumentation attach() {
        try {
            return (Instrumentation) Class.forName("net.bytebuddy.agent.ByteBuddyAgent")
                    .getMethod("install")
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    URLClassLoader loader(Path... places) throws IOException {
        URL[] urls = new URL[places.length];
        for (int i = 0; i < places.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        loaders.add(loader);
        return loader;
    }

    /** The result of a static method without parameters. */
    static @Nullable Object call(ClassLoader loader, String type, String method) throws Exception {
        var found = Class.forName("com.acme." + type, true, loader).getDeclaredMethod(method);
        found.setAccessible(true);
        return found.invoke(null);
    }

    /** A take-up and all that follows it, in an application without any pool. */
    TakeUp reload() {
        TakeUp ended = code.takeUp();
        code.settle();
        return ended;
    }

    /** A rollback and all that follows it. */
    TakeUp rollBack() {
        TakeUp ended = code.rollBack();
        code.settle();
        return ended;
    }

    void applies(int body, int pending) {
        assertThat(reload()).isEqualTo(new TakeUp.Applied(body, pending));
    }

    List<String> refuses() {
        TakeUp ended = code.takeUp();
        assertThat(ended).isInstanceOf(TakeUp.Refused.class);
        return ((TakeUp.Refused) ended).faults();
    }

    @Override
    public void close() {
        instrumentation.removeTransformer(live);
        for (URLClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final class Told implements Events {
        @Override
        public void changed(ClassChange change) {
            changed.add(change);
        }
    }

    private final class Recorder implements Journal {
        @Override
        public void setting(String line) {
            said.add("* " + line);
        }

        @Override
        public void event(String line) {
            said.add("- " + line);
        }

        @Override
        public void detail(String line) {
            said.add("+ " + line);
        }

        @Override
        public void trouble(String line) {
            said.add("! " + line);
        }
    }
}
