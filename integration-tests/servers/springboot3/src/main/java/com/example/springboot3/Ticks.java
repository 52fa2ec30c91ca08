// SPDX-License-Identifier: Apache-2.0
package com.example.springboot3;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Hands a number on every few milliseconds, and prints a line if two ticks ever run at once. */
@Component
class Ticks {
    private final AtomicLong count = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();
    private final Echoes echoes;

    Ticks(Echoes echoes) {
        this.echoes = echoes;
    }

    @Scheduled(fixedRate = 40)
    void tick() {
        if (running.incrementAndGet() > 1) {
            System.out.println("two ticks at once");
        }
        if (Thread.currentThread().isInterrupted()) {
            System.out.println("a tick was interrupted");
        }
        echoes.hear(count.incrementAndGet());
        running.decrementAndGet();
    }
}
