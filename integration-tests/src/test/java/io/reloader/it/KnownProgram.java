// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.nio.file.Path;
import java.util.List;

/** Programs whose threads reloader does not renew, and what its reloads have to say of them. */
enum KnownProgram implements Program {
    KAFKA(
            "kafka",
            "com.example.kafka.KafkaBroker",
            List.of("com.example.kafka.KafkaLoad"),
            List.of(
                    "data-plane-kafka-request-handler, \\S+ #2: 6 workers pinned",
                    "data-plane-kafka-network-thread-1-\\S+, .*: 6 workers pinned",
                    "raft-\\S+, .*: \\d+ workers pinned \\(Kafka's background loops",
                    "kafka-scheduler: \\d+/\\d+ workers in generation"),
            ServedPool.pinned("data-plane-kafka-request-handler-\\d+", 6),
            ServedPool.pinned("data-plane-kafka-network-thread-.*", 4)),
    HAZELCAST(
            "programs",
            "com.example.programs.HazelcastMember",
            List.of("com.example.programs.HazelcastLoad"),
            List.of(
                    "hz\\.\\S+operation\\.thread: 5 workers pinned \\(Hazelcast's operation threads",
                    "hz\\.\\S+IO\\.thread-in: \\d+ workers pinned \\(Hazelcast's I/O threads",
                    "hz\\.\\S+\\.operation-parker: 1 worker pinned \\(its one task is a loop"),
            ServedPool.pinned("hz\\.\\S+\\.partition-operation\\.thread-\\d+", 2),
            ServedPool.pinned("hz\\.\\S+\\.operation-parker", 1)),
    QUARTZ(
            "programs",
            "com.example.programs.QuartzServer",
            List.of("com.example.client.Load"),
            List.of(
                    "jobs_Worker: 4 workers pinned \\(Quartz's workers",
                    "jobs_QuartzSchedulerThread: 1 worker pinned",
                    "HTTP-Dispatcher: 1 worker pinned"),
            ServedPool.pinned("jobs_Worker-\\d+", 4)),
    HSQLDB(
            "programs",
            "com.example.programs.HsqldbServer",
            List.of("com.example.programs.SqlLoad", "jdbc:hsqldb:hsql://127.0.0.1:#/answers"),
            List.of("HSQLDB Server( \\S+)?: 1 worker pinned", "HSQLDB Connection( \\S+)?: 6/6 workers have ended what"),
            ServedPool.pinned("HSQLDB Server .*", 1)),
    H2(
            "programs",
            "com.example.programs.H2Server",
            List.of("com.example.programs.SqlLoad", "jdbc:h2:tcp://127.0.0.1:#/mem:answers"),
            List.of(
                    "H2 TCP Server \\(\\S+\\): 1 worker pinned",
                    "H2 TCP Server .* thread: 6/6 workers have ended what"),
            ServedPool.pinned("H2 TCP Server \\(\\S+\\)", 1)),
    NANOHTTPD(
            "programs",
            "com.example.programs.NanoServer",
            List.of("com.example.client.Load"),
            List.of("NanoHttpd Main Listener: 1 worker pinned", "NanoHttpd Request .*: 6/6 workers have ended what"),
            ServedPool.pinned("NanoHttpd Main Listener", 1)),
    HELIDON(
            "helidon",
            "com.example.helidon.HelidonServer",
            List.of("com.example.client.Load"),
            List.of(".* WebServer socket: 6/6 workers have ended what", "helidon-\\S+, .*: 2 workers pinned"),
            ServedPool.pinned("helidon-.*-timer", 2)),
    /** The module that is a server with pools too, on virtual threads. */
    SPRINGBOOT3(
            "springboot3",
            "",
            List.of("com.example.client.Load"),
            List.of("http-nio-\\S+-(Poller|Acceptor), .*: 2 workers pinned", ".*: (\\d+)/\\1 workers have ended what"),
            ServedPool.pinned("http-nio-\\S+-(Poller|Acceptor)", 2));

    /** What a line of a reload begins with, for each kind of thread there is. */
    @SuppressWarnings("ImmutableEnumChecker")
    final List<String> named;

    private final String module;
    private final String main;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> client;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<ServedPool> pools;

    KnownProgram(String module, String main, List<String> client, List<String> named, ServedPool... pools) {
        this.module = module;
        this.main = main;
        this.client = client;
        this.named = named;
        this.pools = List.of(pools);
    }

    boolean runsOn(Jdk jdk) {
        return (this != HELIDON && this != SPRINGBOOT3) || jdk.feature() >= 21;
    }

    @Override
    public List<ServedPool> pools() {
        return pools;
    }

    @Override
    public String says() {
        return switch (this) {
            // Its handler of SIGTERM logs, then calls the one it found.
            case KAFKA -> "SLF4J: .*|reloader: ! .*SIGTERM.*";
            case HELIDON -> "There is no Helidon logging implementation on classpath.*";
            // Its scheduler of virtual threads does not wait for the tick before.
            case SPRINGBOOT3 -> "two ticks at once";
            default -> "";
        };
    }

    @Override
    public boolean keepsTerm() {
        return this == KAFKA;
    }

    @Override
    public Java command(Java java, Path classes) {
        java.with("-Xmx256m");
        if (this == SPRINGBOOT3) {
            return Server.SPRINGBOOT3.command(java.with("-Dspring.threads.virtual.enabled=true"), classes);
        }
        if (java.jdk().feature() >= 24 && (this == HAZELCAST || this == KAFKA)) {
            java.with("--sun-misc-unsafe-memory-access=allow");
        }
        if (this == HAZELCAST) {
            // As Hazelcast asks its users to.
            java.with("--add-modules", "java.se", "--add-exports", "java.base/jdk.internal.ref=ALL-UNNAMED");
            for (String open : List.of(
                    "java.base/java.lang",
                    "java.base/sun.nio.ch",
                    "java.management/sun.management",
                    "jdk.management/com.sun.management.internal")) {
                java.with("--add-opens", open + "=ALL-UNNAMED");
            }
        }
        return java.classPath(classes, Server.jar(module), Server.libraries(module))
                .with(main);
    }

    @Override
    public Java client(Java java, int port) {
        java.with("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        if (this == SPRINGBOOT3) {
            java.classPath(Server.jar("answers"));
        } else {
            java.classPath(Server.jar(module), Server.libraries(module));
        }
        java.with(client.get(0), Integer.toString(port));
        return java.with(client.subList(1, client.size()).toArray(String[]::new));
    }
}
