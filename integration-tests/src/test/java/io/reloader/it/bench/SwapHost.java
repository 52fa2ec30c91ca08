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
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * A JVM full of classes, some of which are changed by whoever started it: main of the measured process, and the bare
 * agent that reloader is held against. Each line of its input is one retransformation of all changed classes with what
 * now lies in the directory, as plainly as it can be done.
 */
public final class SwapHost {
    private static Instrumentation instrumentation;

    private SwapHost() {}

    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** {@code SwapHost <classes> <changed> <fillers>}. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Class<?>[] changed = new Class<?>[Integer.parseInt(args[1])];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = Class.forName("com.acme.C" + i);
        }
        int filled = fill(Integer.parseInt(args[2]));
        serve(changed);
        System.out.println("ready " + filled);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            retransform(directory, changed);
            System.out.println("swapped");
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
