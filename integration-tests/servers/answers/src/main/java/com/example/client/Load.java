// SPDX-License-Identifier: Apache-2.0
package com.example.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads a server over kept connections, and obeys lines of standard input: {@code expect VERSION ID,ID...} holds every
 * request that begins after it to the version and bars the threads, {@code pause} lets the connections rest, {@code slow MS} asks once on a connection of its
 * own, {@code stop} ends with a summary.
 */
public final class Load {
    private static final int CONNECTIONS = 6;
    private static final int SLOW_EVERY = 16;
    private static final long PAUSE_NANOS = 1_000_000;

    private final Connection.Opener opener;
    private final Tally tally = new Tally();

    /** Written by the thread that reads the commands. */
    private volatile Rule rule = new Rule(0, Set.of());

    /** Written by the thread that reads the commands. */
    private volatile boolean stopped;

    /** Written by the thread that reads the commands. */
    private volatile boolean paused;

    /** One for each caller that rests. */
    private final Semaphore resting = new Semaphore(0);

    private Load(Connection.Opener opener) {
        this.opener = opener;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        run(() -> new HttpConnection(port));
    }

    /** Runs until told to stop. */
    public static void run(Connection.Opener opener) throws IOException, InterruptedException {
        Load load = new Load(opener);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread caller = new Thread(load::call, "caller-" + i);
            caller.start();
            callers.add(caller);
        }
        load.obey();
        for (Thread caller : callers) {
            caller.join();
        }
        System.out.println(load.tally.summary());
    }

    private void obey() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("stop"); line = in.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "pause" -> pause();
                case "slow" -> new Thread(() -> askSlowly(words[1]), "slow caller").start();
                default -> expect(Integer.parseInt(words[1]), words[2]);
            }
        }
        stopped = true;
    }

    private void expect(int version, String retired) {
        rule = new Rule(
                version,
                Stream.of(retired.split(","))
                        .filter(id -> !id.isEmpty())
                        .map(Long::valueOf)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private void pause() {
        paused = true;
        resting.acquireUninterruptibly(CONNECTIONS);
        System.out.println("paused");
    }

    private void askSlowly(String millis) {
        try (Connection connection = opener.open()) {
            System.out.println("slow " + connection.get("/slow?ms=" + millis).strip());
        } catch (IOException | RuntimeException e) {
            System.out.println("slow " + e);
        }
    }

    private void call() {
        while (!stopped) {
            try (Connection connection = opener.open()) {
                tally.connected();
                keepAsking(connection);
            } catch (IOException | RuntimeException e) {
                tally.failed(e.toString());
            }
        }
    }

    private void keepAsking(Connection connection) throws IOException {
        for (int i = 1; !stopped; i++) {
            Rule now = rule;
            String answer = connection.get(i % SLOW_EVERY == 0 ? "/slow?ms=5" : "/hello");
            now.broken(answer).ifPresentOrElse(tally::failed, () -> tally.answered(now));
            LockSupport.parkNanos(PAUSE_NANOS);
            if (paused) {
                resting.release();
                LockSupport.park(this);
            }
        }
    }
}
