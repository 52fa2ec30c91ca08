// SPDX-License-Identifier: Apache-2.0
package com.example.springboot3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/** Takes numbers on the asynchronous pool, and prints a line if one comes twice. */
@Component
class Echoes {
    private final Set<Long> heard = ConcurrentHashMap.newKeySet();

    @Async
    void hear(long number) {
        if (!heard.add(number)) {
            System.out.println("heard " + number + " twice");
        }
        if (Thread.currentThread().isInterrupted()) {
            System.out.println("an asynchronous call was interrupted");
        }
        // Calls overtake each other by a few; one that is this late was lost.
        long due = number - 20;
        if (due > 0 && !heard.remove(due)) {
            System.out.println("never heard " + due);
        }
    }
}
