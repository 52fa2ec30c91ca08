// SPDX-License-Identifier: Apache-2.0
package com.example.programs;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Quartz with four workers; each HTTP request is answered by a job of its own. */
public final class QuartzServer {
    private static final String ASKED = "asked";

    private static final AtomicLong NUMBER = new AtomicLong();

    private QuartzServer() {}

    public static void main(String[] args) throws IOException, SchedulerException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Properties four = new Properties();
        four.setProperty("org.quartz.scheduler.instanceName", "jobs");
        four.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        four.setProperty("org.quartz.threadPool.threadCount", "4");
        Scheduler scheduler = new StdSchedulerFactory(four).getScheduler();
        Map<String, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
        scheduler.getContext().put(ASKED, asked);
        scheduler.start();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, scheduler, asked));
        server.setExecutor(Executors.newFixedThreadPool(6));
        server.start();
        Census.listening(server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, Scheduler scheduler, Map<String, CompletableFuture<String>> asked)
            throws IOException {
        try (exchange) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            String name = Long.toString(NUMBER.incrementAndGet());
            asked.put(name, answer);
            scheduler.scheduleJob(
                    JobBuilder.newJob(Ask.class)
                            .withIdentity(name, Thread.currentThread().getName())
                            .usingJobData("path", exchange.getRequestURI().toString())
                            .build(),
                    TriggerBuilder.newTrigger().startNow().build());
            byte[] body = answer.join().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (SchedulerException e) {
            throw new IOException(e);
        }
    }

    /** Made and run by Quartz. */
    public static final class Ask implements Job {
        @Override
        @SuppressWarnings("unchecked")
        public void execute(JobExecutionContext context) {
            String name = context.getJobDetail().getKey().getName();
            try {
                Map<String, CompletableFuture<String>> asked = (Map<String, CompletableFuture<String>>)
                        context.getScheduler().getContext().get(ASKED);
                asked.remove(name)
                        .complete(Answers.to(context.getMergedJobDataMap().getString("path")));
            } catch (SchedulerException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
