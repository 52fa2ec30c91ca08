// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static io.reloader.pool.Boundary.take;
import static io.reloader.pool.Boundary.turn;

import io.reloader.control.Role;
import java.util.List;

/** The table of threads that belong to no pool: known by the class of the thread, of its Runnable or of its owner. */
@SuppressWarnings("ImmutableEnumChecker")
enum KnownThread {
    NETTY_LOOP(
            ThreadShape.owner("io.netty.util.concurrent.SingleThreadEventExecutor", "thread")
                    .group("parent"),
            Role.WORKER,
            "Netty event loops keep their thread; they take the new code with their next turn",
            turn("io.netty.channel.nio.NioEventLoop", "run", "select"),
            turn("io.netty.channel.epoll.EpollEventLoop", "run", "epollWait"),
            turn("io.netty.channel.epoll.EpollEventLoop", "run", "epollWaitNoTimerChange"),
            turn("io.netty.channel.epoll.EpollEventLoop", "run", "epollWaitTimeboxed"),
            turn("io.netty.channel.nio.NioIoHandler", "run", "select"),
            turn("io.netty.channel.epoll.EpollIoHandler", "run", "epollWait"),
            turn("io.netty.channel.epoll.EpollIoHandler", "run", "epollWaitNoTimerChange"),
            turn("io.netty.channel.epoll.EpollIoHandler", "run", "epollWaitTimeboxed"),
            take("io.netty.util.concurrent.DefaultEventExecutor", "run", "takeTask")),
    NETTY_GLOBAL(
            ThreadShape.owner("io.netty.util.concurrent.GlobalEventExecutor", "thread"),
            Role.TASK,
            "Netty's global executor keeps its thread; it takes the new code with its next task",
            take("io.netty.util.concurrent.GlobalEventExecutor$TaskRunner", "run", "takeTask")),
    NETTY_TIMER(
            ThreadShape.owner("io.netty.util.HashedWheelTimer", "workerThread"),
            Role.TASK,
            "a timer wheel keeps its thread; it takes the new code with its next tick",
            turn("io.netty.util.HashedWheelTimer$Worker", "run", "waitForNextTick")),
    XNIO_IO(
            ThreadShape.itself("org.xnio.nio.WorkerThread").group("worker").executor("worker.taskPool"),
            Role.WORKER,
            "XNIO I/O threads keep their thread; they take the new code with their next turn",
            turn("org.xnio.nio.WorkerThread", "run", "select")),
    TOMCAT_ACCEPTOR(
            ThreadShape.itself("org.apache.tomcat.util.net.Acceptor")
                    .group("endpoint")
                    .executor("endpoint.executor"),
            Role.WORKER,
            "Tomcat's acceptors and pollers run no code of the application",
            turn("org.apache.tomcat.util.net.Acceptor", "run", "serverSocketAccept"),
            turn("org.apache.tomcat.util.net.Acceptor", "run", "countUpOrAwaitConnection"),
            turn("org.apache.tomcat.util.net.Acceptor", "run", "sleep")),
    TOMCAT_POLLER(
            ThreadShape.itself("org.apache.tomcat.util.net.NioEndpoint$Poller")
                    .group("this$0")
                    .executor("this$0.executor"),
            Role.WORKER,
            "Tomcat's acceptors and pollers run no code of the application",
            turn("org.apache.tomcat.util.net.NioEndpoint$Poller", "run", "select")),
    JDK_HTTP(
            ThreadShape.itself("sun.net.httpserver.ServerImpl$Dispatcher")
                    .group("this$0")
                    .executor("this$0.executor"),
            Role.WORKER,
            "the JDK's HTTP dispatcher keeps its thread; it takes the new code with its next turn",
            turn("sun.net.httpserver.ServerImpl$Dispatcher", "run", "select")),
    TIMER(
            ThreadShape.itself("java.util.TimerThread"),
            Role.TASK,
            "a java.util.Timer is its thread; it takes the new code with its next task",
            take("java.util.TimerThread", "mainLoop", "wait")),
    KAFKA_REQUESTS(
            ThreadShape.itself("kafka.server.KafkaRequestHandler").group("requestChannel"),
            Role.WORKER,
            "Kafka's request handlers keep their thread; they take the new code with their next request",
            take("kafka.server.KafkaRequestHandler", "run", "receiveRequest")),
    KAFKA_NETWORK(
            ThreadShape.itself("kafka.network.Processor").group("requestChannel"),
            Role.WORKER,
            "Kafka's network threads keep their thread; they take the new code with their next turn",
            turn("kafka.network.Processor", "run", "poll")),
    KAFKA_ACCEPTOR(
            ThreadShape.itself("kafka.network.Acceptor"),
            Role.WORKER,
            "Kafka's network threads keep their thread; they take the new code with their next turn",
            turn("kafka.network.Acceptor", "acceptNewConnections", "select")),
    KAFKA_LOOP(
            ThreadShape.itself("server.util.ShutdownableThread"),
            Role.TASK,
            "Kafka's background loops keep their thread"),
    KAFKA_EVENTS(
            ThreadShape.itself("kafka.queue.KafkaEventQueue$EventHandler"),
            Role.TASK,
            "Kafka's background loops keep their thread",
            take("kafka.queue.KafkaEventQueue$EventHandler", "handleEvents", "await"),
            take("kafka.queue.KafkaEventQueue$EventHandler", "handleEvents", "awaitNanos")),
    KAFKA_COORDINATOR(
            ThreadShape.itself("coordinator.common.runtime.MultiThreadedEventProcessor$EventProcessorThread")
                    .group("this$0"),
            Role.TASK,
            "Kafka's background loops keep their thread",
            take("MultiThreadedEventProcessor$EventProcessorThread", "handleEvents", "poll")),
    HAZELCAST_OPERATION(
            ThreadShape.itself("com.hazelcast.spi.impl.operationexecutor.impl.OperationThread")
                    .group("nodeExtension"),
            Role.WORKER,
            "Hazelcast's operation threads keep their thread; they take the new code with their next operation",
            take("com.hazelcast.spi.impl.operationexecutor.impl.OperationThread", "loop", "take")),
    HAZELCAST_IO(
            ThreadShape.itself("com.hazelcast.internal.networking.nio.NioThread")
                    .group("errorHandler"),
            Role.WORKER,
            "Hazelcast's I/O threads keep their thread; they take the new code with their next turn",
            turn("com.hazelcast.internal.networking.nio.NioThread", "selectLoop", "select"),
            turn("com.hazelcast.internal.networking.nio.NioThread", "selectLoopWithFix", "select")),
    QUARTZ_WORKER(
            ThreadShape.itself("org.quartz.simpl.SimpleThreadPool$WorkerThread").group("tp"),
            Role.TASK,
            "Quartz's workers keep their thread; they take the new code with their next job",
            take("org.quartz.simpl.SimpleThreadPool$WorkerThread", "run", "wait")),
    QUARTZ_SCHEDULER(
            ThreadShape.itself("org.quartz.core.QuartzSchedulerThread"),
            Role.TASK,
            "Quartz's scheduler keeps its thread"),
    H2_LISTENER(
            ThreadShape.itself("org.h2.tools.Server"), Role.WORKER, "H2's listeners run no code of the application"),
    H2_TCP(
            ThreadShape.itself("org.h2.server.TcpServerThread").group("server"),
            take("org.h2.server.TcpServerThread", "process", "readInt")),
    H2_PG(
            ThreadShape.itself("org.h2.server.pg.PgServerThread").group("server"),
            take("org.h2.server.pg.PgServerThread", "process", "read")),
    H2_WEB(
            ThreadShape.itself("org.h2.server.web.WebThread").group("server"),
            take("org.h2.server.web.WebThread", "process", "readHeaderLine")),
    HSQLDB_LISTENER(
            ThreadShape.itself("org.hsqldb.server.Server$ServerThread"),
            Role.WORKER,
            "HSQLDB's listeners run no code of the application"),
    HSQLDB(
            ThreadShape.itself("org.hsqldb.server.ServerConnection").group("server"),
            take("org.hsqldb.server.ServerConnection", "run", "readByte")),
    NANOHTTPD_LISTENER(
            ThreadShape.itself("fi.iki.elonen.NanoHTTPD$ServerRunnable"),
            Role.WORKER,
            "NanoHTTPD's listeners run no code of the application"),
    NANOHTTPD(
            ThreadShape.itself("fi.iki.elonen.NanoHTTPD$ClientHandler").group("this$0"),
            take("fi.iki.elonen.NanoHTTPD$HTTPSession", "execute", "read")),
    NANOHTTPD_NEW(
            ThreadShape.itself("org.nanohttpd.protocols.http.ClientHandler").group("httpd"),
            take("org.nanohttpd.protocols.http.HTTPSession", "execute", "read"));

    final ThreadShape shape;
    final Role role;
    /** Whether each thread lives for one connection; the others are pinned. */
    final boolean fresh;
    /** What pinned ones are and when they change; what fresh ones are. */
    final String why;

    final List<Boundary> boundaries;

    KnownThread(ThreadShape shape, Boundary... boundaries) {
        this.shape = shape;
        role = Role.WORKER;
        fresh = true;
        why = "each of its threads serves one connection";
        this.boundaries = List.of(boundaries);
    }

    KnownThread(ThreadShape shape, Role role, String why, Boundary... boundaries) {
        this.shape = shape;
        this.role = role;
        fresh = false;
        this.why = why;
        this.boundaries = List.of(boundaries);
    }

    /** Whether the thread is seen in its loop with a unit of work in hand; one not seen in its loop may be anything. */
    boolean works(StackTraceElement[] stack) {
        return Boundary.inLoop(boundaries, stack) && !Boundary.at(boundaries, stack);
    }

    /** Whether the thread is seen without a unit of work in hand. */
    boolean waits(Thread thread) {
        return Boundary.at(boundaries, thread.getStackTrace());
    }
}
