// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.List;

/** The tables of pool names that libraries give by themselves. */
final class KnownNames {
    static final List<Glob> SERVING = Glob.all(List.of(
            "http-*-exec",
            "https-*-exec",
            "catalina-exec",
            "tomcat-handler",
            "qtp*",
            "XNIO-* task",
            "default task",
            "executor-thread",
            "grpc-default-executor",
            "grpc-default-worker*",
            "vert.x-worker-thread",
            "vert.x-eventloop-thread",
            "kafka-request-handler*",
            "hz.*",
            "HttpClient-*-Worker"));

    /** Only names that no request is ever served under: a worker pool taken for a task pool would keep old code. */
    static final List<Glob> BACKGROUND = Glob.all(List.of(
            "HikariPool*",
            "*:housekeeper",
            "*:connection-adder",
            "*:connection-closer",
            "*housekeep*",
            "*scheduler*",
            "scheduling-*",
            "scheduling",
            "scheduled-*",
            "applicationTaskExecutor*",
            "SimpleAsyncTaskExecutor*",
            "H2-save",
            "H2-serialization",
            "MVStore background writer*",
            "Catalina-utility",
            "vert.x-internal-blocking",
            "vertx-blocked-thread-checker",
            "grpc-timer",
            "*timer*",
            "*cron*",
            "*cleaner*",
            "*reaper*",
            "*metrics*",
            "*watchdog*",
            "mysql-cj-abandoned*",
            "RMI *",
            "OkHttp *"));

    private KnownNames() {}
}
