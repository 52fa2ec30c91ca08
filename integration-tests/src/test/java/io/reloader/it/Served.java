// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server in a process of its own, the greeting it serves, and the reloads it has seen. */
final class Served implements AutoCloseable {
    /** The agent's options: the files are deployed by rename, so none has to be left alone for long. */
    static final String OPTIONS = "quiet-period=10ms";

    /** For what the verdict has said already, and for threads that the load calls for. */
    private static final Duration SOON = Duration.ofSeconds(20);

    final JvmProcess process;
    private final Program server;
    private final Jdk jdk;
    private final Path folder;
    private final Versions versions;
    private final int port;
    private int version;

    /** What worker pools answer: a reload of the task pools leaves them on the code that they have. */
    private int served;

    private Served(Program server, Java java, Path folder, Versions versions) {
        this.server = server;
        this.jdk = java.jdk();
        this.folder = folder;
        this.versions = versions;
        Path classes = folder.resolve("classes");
        versions.compile(classes, 0);
        // A late attach takes a class for the one that was loaded if it is older than the process, to the clock's tick.
        long deployed = System.nanoTime();
        Await.until(
                "the greeting to be older than the process",
                JvmProcess.PATIENCE,
                () -> System.nanoTime() - deployed > 100_000_000L,
                classes::toString);
        this.process = server.command(java.with("-Djava.io.tmpdir=" + folder).in(folder), classes)
                .start();
        this.port = Integer.parseInt(
                process.await("listening on 127\\.0\\.0\\.1:(\\d+)").group(1));
    }

    static Served withAgent(Program server, Jdk jdk, Path folder) {
        return withAgent(server, Java.on(jdk).agent(OPTIONS), folder);
    }

    static Served withoutAgent(Program server, Jdk jdk, Path folder) {
        return withoutAgent(server, jdk, folder, new Greetings());
    }

    static Served withoutAgent(Program server, Jdk jdk, Path folder, Versions versions) {
        return new Served(server, Java.on(jdk).with("-XX:+EnableDynamicAgentLoading"), folder, versions);
    }

    /** The same with more of the agent's options. */
    static Served withAgent(Program server, Java java, Path folder) {
        return withAgent(server, java, folder, new Greetings());
    }

    static Served withAgent(Program server, Java java, Path folder, Versions versions) {
        Served served = new Served(server, java, folder, versions);
        served.process.await("reloader: \\* armed TERM=stop USR1=reload workers USR2=reload tasks");
        return served;
    }

    int port() {
        return port;
    }

    void attach() {
        attach(OPTIONS);
    }

    void attach(String options) {
        JvmProcess attach = Java.reloader(jdk, "attach", Long.toString(process.pid()), options);
        assertThat(attach.exitCode()).as(attach.log() + log()).isZero();
        process.await("reloader: \\* armed " + (server.keepsTerm() ? "" : "TERM=stop ")
                + "USR1=reload workers USR2=reload tasks");
    }

    ServedLoad load() {
        ServedLoad load = new ServedLoad(server, jdk, port);
        if (served > 0) {
            load.expect(served, Set.of());
        }
        return load;
    }

    /** Waits until every pool has as many threads as it ever will. */
    void awaitAllThreads() {
        for (ServedPool pool : server.pools()) {
            Await.until(
                    pool + " to be complete",
                    SOON,
                    () -> !pool.sized() || threads(pool).size() == pool.size(),
                    this::log);
        }
    }

    /** A changed greeting, the signal, the verdict; then the threads are looked at. The threads that are retired. */
    Set<Long> reload(String signal) {
        version++;
        Path built = folder.resolve("built-" + version);
        versions.compile(built, version);
        served = signal.equals("USR1") ? versions.told(built, version) : served;
        return reload(signal, built, versions.changed());
    }

    /** The same with a greeting that needs a class of a new package. */
    Set<Long> reloadWithNewClass(String signal) {
        version++;
        Path built = folder.resolve("built-" + version);
        Sources.compile(built, "", """
                package com.example.greeting;
                public final class Greeting {
                    public static int version() { return com.example.fresh.Fresh.version(); }
                }
                """, """
                package com.example.fresh;
                public class Fresh {
                    public static int version() { return %d; }
                }
                """.formatted(version));
        return reload(signal, built, versions.changed());
    }

    private Set<Long> reload(String signal, Path built, String changed) {
        Sources.deploy(built, folder.resolve("classes"));
        server.deployed(folder.resolve("classes"));
        Map<ServedPool, Set<Long>> before = server.pools().stream()
                .collect(Collectors.toMap(pool -> pool, this::threads, (a, b) -> a, LinkedHashMap::new));
        int mark = process.mark();
        process.signal(signal);
        Matcher verdict = process.await("reloader: - reload \\d+ (done|partial|refused|failed).*", mark);
        assertThat(verdict.group())
                .as(log())
                .matches("reloader: - reload " + version + " done in .*: " + changed
                        + "(, (\\d+)/\\2 workers? .*|, no .*)?");
        before.forEach((pool, threads) -> look(pool, threads, signal));
        return before.entrySet().stream()
                .filter(entry -> entry.getKey().renewed() && rolls(entry.getKey(), signal))
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toSet());
    }

    private void look(ServedPool pool, Set<Long> before, String signal) {
        int most = rolls(pool, signal) ? pool.mostKept() : before.size();
        Await.until(
                "at most " + most + " threads of " + before + " of " + pool + " to be left",
                SOON,
                () -> kept(pool, before) <= most,
                () -> log() + Threads.dump(jdk, process));
        if (pool.sized()) {
            Await.until(
                    "the size of " + pool,
                    SOON,
                    () -> threads(pool).size() == pool.size(),
                    () -> log() + Threads.dump(jdk, process));
        }
        assertThat(kept(pool, before))
                .as("threads kept of %s\n%s", pool, log())
                .isGreaterThanOrEqualTo(pool.leastKept());
    }

    private static boolean rolls(ServedPool pool, String signal) {
        return pool.tasks() == signal.equals("USR2");
    }

    private long kept(ServedPool pool, Set<Long> before) {
        Set<Long> now = threads(pool);
        return before.stream().filter(now::contains).count();
    }

    int version() {
        return served;
    }

    /** From now on the main pool's threads are counted each millisecond. */
    void watch() {
        process.tell("watch " + server.pools().get(0).threads());
    }

    /** What the pool itself called its size never changed; nor were there more threads than those that come and go. */
    void assertSizeWasConstant() {
        ServedPool pool = server.pools().get(0);
        if (pool.sized()) {
            int mark = process.mark();
            process.tell("counted");
            Matcher counted = process.await("census: least=(\\d+) most=(\\d+) size=(-?\\d+)-(-?\\d+)", mark);
            assertThat(Integer.parseInt(counted.group(1))).as(log()).isEqualTo(pool.size());
            // One on its way out beside its successor; and one that has left, but whose thread has not ended yet.
            assertThat(Integer.parseInt(counted.group(2))).as(log()).isBetween(pool.size(), pool.size() + 2);
            if (server.tellsItsSize()) {
                String constant = Integer.toString(pool.size());
                assertThat(counted.group(3)).as("least size\n%s", log()).isEqualTo(constant);
                assertThat(counted.group(4)).as("largest size\n%s", log()).isEqualTo(constant);
            }
        }
    }

    /** Waits until a thread of the server is at a slow request. */
    void awaitSlowRequest() {
        Await.until(
                "a slow request to be in flight",
                SOON,
                () -> {
                    int mark = process.mark();
                    process.tell("slow");
                    return process.await("census: slow=(\\d+)", mark).group(1).equals("1");
                },
                this::log);
    }

    private Set<Long> threads(ServedPool pool) {
        int mark = process.mark();
        process.tell("threads " + pool.threads());
        String ids = process.await("census: threads=(.*)", mark).group(1);
        return Stream.of(ids.split(","))
                .filter(id -> !id.isEmpty())
                .map(Long::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ends it as an operator does; nobody has said a word but the agent, and that nothing about trouble. */
    void stop() {
        stop(0);
    }

    /** The same, where the program has kept SIGTERM for itself. */
    void stopByItself() {
        stop(143);
    }

    private void stop(int status) {
        process.signal("TERM");
        assertThat(process.exitCode()).as(log()).isEqualTo(status);
        assertThat(process.lines())
                .filteredOn(line -> !line.matches("(reloader: [-+*] |listening on |census: ).*|" + server.says()))
                .as(log())
                .isEmpty();
    }

    /** One class with one method, whose body changes. */
    private static final class Greetings implements Versions {
        @Override
        public void compile(Path out, int version) {
            Sources.compile(out, "", """
                    package com.example.greeting;
                    public final class Greeting {
                        public static int version() { return %d; }
                    }
                    """.formatted(version));
        }

        @Override
        public String changed() {
            return "1 class changed \\(1 body\\)";
        }
    }

    /** Without what this class itself asked for. */
    String log() {
        return process.log().replaceAll("census: (threads|slow)=.*\n", "");
    }

    @Override
    public void close() {
        process.close();
    }
}
