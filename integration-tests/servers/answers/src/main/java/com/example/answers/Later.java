// SPDX-License-Identifier: Apache-2.0
package com.example.answers;

import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;

/** Answers to GET /later?ms=N, for which no thread waits. */
public final class Later {
    private static final String PATH = "/later?ms=";

    private Later() {}

    public static boolean is(String path) {
        return path.startsWith(PATH);
    }

    public static void answer(String path, Consumer<String> answer) {
        TimerTask task = new TimerTask() {
            @Override
            public void run() {
                answer.accept(Answers.to("/"));
            }
        };
        Timing.TIMER.schedule(task, Long.parseLong(path.substring(PATH.length())));
    }

    /** Its thread is there only once it is needed. */
    private static final class Timing {
        static final Timer TIMER = new Timer("later", true);
    }
}
