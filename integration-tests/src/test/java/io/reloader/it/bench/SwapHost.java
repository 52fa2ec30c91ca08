// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A JVM full of classes, some of which are changed by whoever started it: main of the measured process, and the bare
 * agent that reloader is held against. It does what each line of its input says: {@code warm}, let the changed classes
 * run until they are compiled; {@code collect} garbage, classes too; {@code swap}, retransform all of them with what now lies in the directory, as plainly as
 * it can be done.
 */
public final class SwapHost {
    /** So often runs each method before it counts as warm: the JVM has queued it for its first compiler long before. */
    private static final int RUNS = 3_000;

    private static Instrumentation instrumentation;

    /** Counted down by the workers. */
    private static volatile CountDownLatch runs = new CountDownLatch(0);

    private SwapHost() {}

    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** {@code SwapHost <classes> <changed> <fillers> <sources> <compilations of them>}. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Class<?>[] changed = new Class<?>[Integer.parseInt(args[1])];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = Class.forName("com.acme.C" + i);
        }
        int filled = fill(Integer.parseInt(args[2]));
        work(Path.of(args[3]), Integer.parseInt(args[4]));
        serve(changed);
        System.out.println("ready " + filled);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "warm" -> warm();
                case "collect" -> System.gc();
                default -> retransform(directory, changed);
            }
            System.out.println("did " + line);
        }
    }

    private static void warm() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(RUNS);
        runs = next;
        if (!next.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the changed classes did not run " + RUNS + " times within 5 minutes");
        }
    }

    /** Has the JVM compile code of its own as that of a server is compiled: a redefinition looks through all of it. */
    private static void work(Path sources, int times) throws IOException {
        List<String> options = new ArrayList<>(List.of("-proc:none", "-d"));
        options.add(Files.createTempDirectory("swap-host").toString());
        try (Stream<Path> files = Files.list(sources)) {
            files.map(Path::toString).filter(each -> each.endsWith(".java")).forEach(options::add);
        }
        for (int i = 0; i < times; i++) {
            ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
        }
    }

    /** Two workers that keep the changed classes compiled. */
    private static void serve(Class<?>... changed) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "http");
            thread.setDaemon(true);
            return thread;
        });
        Runnable[] tasks = new Runnable[changed.length];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = (Runnable) changed[i].getDeclaredConstructor().newInstance();
        }
        Semaphore places = new Semaphore(2);
        Thread feeder = new Thread(() -> {
            while (true) {
                places.acquireUninterruptibly();
                workers.execute(() -> {
                    for (Runnable each : tasks) {
                        each.run();
                    }
                    runs.countDown();
                    places.release();
                });
            }
        });
        feeder.setDaemon(true);
        feeder.start();
    }

    private static void retransform(Path directory, Class<?>... changed) throws Exception {
        ClassFileTransformer current = new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
                return type != null && name.startsWith("com/acme/C") ? read(directory, name) : null;
            }
        };
        instrumentation.addTransformer(current, true);
        try {
            instrumentation.retransformClasses(changed);
        } finally {
            instrumentation.removeTransformer(current);
        }
    }

    private static byte[] read(Path directory, String name) {
        try {
            return Files.readAllBytes(directory.resolve(name + ".class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Classes of the JDK, linked as if they were in use: what a redefinition does for each grows with what it holds. */
    private static int fill(int count) throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        int filled = 0;
        for (String module : List.of("java.base", "java.xml", "jdk.compiler", "java.desktop")) {
            try (Stream<Path> files = Files.walk(modules.resolve(module))) {
                Iterator<Path> each = files.sorted().iterator();
                while (filled < count && each.hasNext()) {
                    String file =
                            modules.resolve(module).relativize(each.next()).toString();
                    filled += file.endsWith(".class") && link(file.substring(0, file.length() - 6)) ? 1 : 0;
                }
            }
        }
        return filled;
    }

    private static boolean link(String name) {
        try {
            return Class.forName(name.replace('/', '.'), false, null).getDeclaredConstructors() != null;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
