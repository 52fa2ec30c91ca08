// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a byte on standard input, reloads com.acme.Members to what has members added, and prints for each pair of
 * its loops the nanoseconds of one turn, with native members and with added ones: {@code StructureHost <next> <classes>
 * <pairs>}.
 */
public final class StructureHost {
    private static final int TURNS = 5_000_000;
    private static final int ROUNDS = 25;
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private StructureHost() {}

    public static void main(String[] args) throws Throwable {
        Class<?> members = Class.forName("com.acme.Members");
        MethodHandle version = LOOKUP.findStatic(members, "version", MethodType.methodType(int.class));
        System.out.println((int) version.invokeExact() == 1 ? "ready" : "it is not version 1");
        System.in.read();
        reload(Path.of(args[0]), Path.of(args[1]), version);
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            MethodHandle natively = loop(members, "native" + i);
            MethodHandle added = loop(members, "added" + i);
            double least = Double.MAX_VALUE;
            double other = Double.MAX_VALUE;
            for (int j = 0; j < ROUNDS; j++) {
                least = Math.min(least, time(natively));
                other = Math.min(other, time(added));
            }
            System.out.println("pair " + i + " " + least + " " + other);
        }
        System.exit(0);
    }

    private static void reload(Path next, Path classes, MethodHandle version) throws Throwable {
        Path file = Path.of("com/acme/Members.class");
        Path beside = Files.copy(next.resolve(file), classes.resolve("beside"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, classes.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        long pid = ProcessHandle.current().pid();
        new ProcessBuilder("kill", "-USR1", Long.toString(pid)).start().waitFor();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while ((int) version.invokeExact() != 2) {
            if (System.nanoTime() > deadline) {
                throw new IOException("not reloaded within a minute");
            }
            Thread.sleep(10);
        }
    }

    private static MethodHandle loop(Class<?> members, String name) throws ReflectiveOperationException {
        return LOOKUP.findStatic(members, name, MethodType.methodType(long.class, int.class));
    }

    private static double time(MethodHandle loop) throws Throwable {
        long begin = System.nanoTime();
        long sum = (long) loop.invokeExact(TURNS);
        double time = (double) (System.nanoTime() - begin) / TURNS;
        return sum == Long.MIN_VALUE ? -1 : time;
    }
}
