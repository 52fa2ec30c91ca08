// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The servers under {@code integration-tests/servers}, and what a reload does to the threads of each. */
enum Server implements Program {
    TOMCAT10(
            "com.example.tomcat10.TomcatServer",
            ServedPool.renewed(ServedPool.Kind.TOMCAT, "http-nio-\\S+-exec-\\d+", 4),
            ServedPool.pinned("http-nio-\\S+-(Poller|Acceptor)", 2)),
    TOMCAT11(
            "com.example.tomcat11.TomcatServer",
            ServedPool.renewed(ServedPool.Kind.TOMCAT, "http-nio-\\S+-exec-\\d+", 4),
            ServedPool.pinned("http-nio-\\S+-(Poller|Acceptor)", 2)),
    /** One thread accepts, one selects and two are reserved; the roles wander between the threads. */
    JETTY12("com.example.jetty12.JettyServer", ServedPool.renewedBut(4, ServedPool.Kind.JETTY, "jetty-\\d+.*", 10)),
    UNDERTOW(
            "com.example.undertow.UndertowServer",
            ServedPool.renewed(ServedPool.Kind.ENHANCED_QUEUE, "XNIO-1 task-\\d+", 4),
            ServedPool.pinned("XNIO-1 (I/O-\\d+|Accept)", 3)),
    NETTY41("com.example.netty41.NettyServer", ServedPool.pinned("nioEventLoopGroup-\\d+-\\d+", 3)),
    NETTY42(
            "com.example.netty42.NettyServer",
            ServedPool.renewed(ServedPool.Kind.NETTY42, "multiThreadIoEventLoopGroup-3-\\d+", 2)),
    VERTX(
            "com.example.vertx.VertxServer",
            ServedPool.renewed(ServedPool.Kind.JUC, "vert\\.x-worker-thread-\\d+", 4),
            ServedPool.pinned("vert\\.x-(eventloop|acceptor)-thread-\\d+", 3)),
    GRPC("com.example.grpc.GrpcServer", ServedPool.renewed(ServedPool.Kind.JUC, "call-\\d+", 4)),
    SPRINGBOOT3(
            "",
            ServedPool.renewed(ServedPool.Kind.TOMCAT, "http-nio-\\S+-exec-\\d+", 4),
            ServedPool.renewed(ServedPool.Kind.TASKS_BY_EVIDENCE, "task-\\d+", 2)
                    .byTasks(),
            ServedPool.renewed(ServedPool.Kind.JUC, "scheduling-\\d+", 1).byTasks()),
    JDKHTTP(
            "com.example.jdkhttp.JdkHttpServer",
            ServedPool.renewed(ServedPool.Kind.JUC, "handler-\\d+", 4),
            ServedPool.pinned("HTTP-Dispatcher", 1)),
    VTHREADS("com.example.vthreads.VirtualThreadServer", ServedPool.pinned("HTTP-Dispatcher", 1)),
    FORKJOIN(
            "com.example.forkjoin.ForkJoinServer",
            ServedPool.renewed(ServedPool.Kind.FORK_JOIN, "handler-\\d+", ServedPool.ANY_SIZE),
            ServedPool.renewed(ServedPool.Kind.FORK_JOIN, "sums-\\d+", ServedPool.ANY_SIZE),
            ServedPool.renewed(ServedPool.Kind.FORK_JOIN, "ForkJoinPool\\.commonPool-worker-\\d+", ServedPool.ANY_SIZE)
                    .byTasks(),
            ServedPool.pinned("HTTP-Dispatcher", 1));

    private static final Path HOME = Path.of(System.getProperty("servers"));

    /** Of records, by List.of. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<ServedPool> pools;

    private final String main;

    Server(String main, ServedPool... pools) {
        this.main = main;
        this.pools = List.of(pools);
    }

    /** What it is run on: no further releases where the JDK's part in it is the same in all. */
    Stream<Jdk> jdks() {
        return switch (this) {
            case FORKJOIN -> Jdk.everyRelease().stream();
            case VTHREADS -> Jdk.all().stream().filter(jdk -> jdk.feature() >= 21);
            default -> Jdk.all().stream();
        };
    }

    @Override
    public List<ServedPool> pools() {
        return pools;
    }

    @Override
    public boolean tellsItsSize() {
        return switch (this) {
            case NETTY41, NETTY42, VERTX, VTHREADS, FORKJOIN -> false;
            default -> true;
        };
    }

    @Override
    public Java command(Java java, Path classes) {
        if (java.jdk().feature() >= 24 && meetsUnsafe()) {
            java.with("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
        }
        if (this == SPRINGBOOT3) {
            return java.with(
                    "-Dloader.path=" + classes, "-jar", jar("springboot3").toString());
        }
        if (this == FORKJOIN) {
            java.with("-Djava.util.concurrent.ForkJoinPool.common.parallelism=3");
        }
        return java.classPath(classes, jar(module()), libraries(module())).with(main);
    }

    @Override
    public Java client(Java java, int port) {
        java.with("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        if (this != GRPC) {
            return java.classPath(jar("answers")).with("com.example.client.Load", Integer.toString(port));
        }
        if (java.jdk().feature() >= 24) {
            java.with("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
        }
        return java.classPath(jar("grpc"), libraries("grpc")).with("com.example.grpc.GrpcLoad", Integer.toString(port));
    }

    /** Whether it would make a JDK 25 warn about it. */
    private boolean meetsUnsafe() {
        return this == NETTY41 || this == NETTY42 || this == VERTX || this == GRPC || this == UNDERTOW;
    }

    private String module() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Path jar(String module) {
        return HOME.resolve(module).resolve("target").resolve(module + ".jar").normalize();
    }

    static Path libraries(String module) {
        return HOME.resolve(module).resolve("target/lib/*").normalize();
    }

    @Override
    public String toString() {
        return module();
    }
}
