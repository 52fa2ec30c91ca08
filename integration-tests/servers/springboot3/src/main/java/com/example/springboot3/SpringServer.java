// SPDX-License-Identifier: Apache-2.0
package com.example.springboot3;

import com.example.answers.Answers;
import com.example.answers.Census;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
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

    public static void main(String[] args) {
        SpringApplication.run(SpringServer.class, args);
    }

    @EventListener
    public void listening(ServletWebServerInitializedEvent event) {
        Census.listening(event.getWebServer().getPort());
    }

    @GetMapping({"/hello", "/slow"})
    public String answer(HttpServletRequest request) {
        return Answers.to(request.getRequestURI() + "?" + request.getQueryString());
    }
}
