// SPDX-License-Identifier: Apache-2.0
package com.example.springboot3;

import com.example.answers.Answers;
import com.example.answers.Census;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring MVC on Tomcat with four request threads, beside asynchronous and scheduled work. */
@SpringBootApplication
@EnableAsync
@EnableScheduling
@RestController
public class SpringServer {
    private final AtomicInteger inFlight = new AtomicInteger();

    public static void main(String[] args) {
        SpringApplication.run(SpringServer.class, args);
    }

    @EventListener
    public void listening(ServletWebServerInitializedEvent event) {
        Executor executor = ((TomcatWebServer) event.getWebServer())
                .getTomcat()
                .getConnector()
                .getProtocolHandler()
                .getExecutor();
        Census.listening(
                event.getWebServer().getPort(),
                () -> executor instanceof ThreadPoolExecutor workers ? workers.getPoolSize() : -1);
    }

    @GetMapping({"/hello", "/slow"})
    public String answer(HttpServletRequest request) {
        inFlight.incrementAndGet();
        try {
            return Answers.to(request.getRequestURI() + "?" + request.getQueryString());
        } finally {
            inFlight.decrementAndGet();
        }
    }

    /** The first that the application hears of its end. */
    @EventListener(ContextClosedEvent.class)
    public void closing() {
        if (inFlight.get() > 0) {
            System.out.println("closing with " + inFlight + " requests in flight");
        }
    }
}
