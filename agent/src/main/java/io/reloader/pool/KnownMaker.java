// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.Optional;

/** The table of libraries whose own pools run background work: known by the class of the pool's thread factory. */
enum KnownMaker {
    HIKARI("com.zaxxer.hikari.", "*", "HikariCP made it for its connections"),
    H2("org.h2.mvstore.", "*", "H2 made it for its files"),
    CATALINA("org.apache.catalina.", "*", "Tomcat made it for its own chores"),
    SPRING_BOOT("org.springframework.scheduling.concurrent.", "task", "it is Spring Boot's task executor");

    private final String packages;
    private final String name;
    private final String why;

    KnownMaker(String packages, String name, String why) {
        this.packages = packages;
        this.name = name;
        this.why = why;
    }

    /** Why this pool runs background work; empty if nobody in the table made it. */
    static Optional<String> background(Object pool, String name) {
        Object factory = FieldPath.read(pool, "threadFactory");
        if (factory == null) {
            return Optional.empty();
        }
        String type = factory.getClass().getName();
        for (KnownMaker each : values()) {
            int at = type.indexOf(each.packages);
            if ((at == 0 || (at > 0 && type.charAt(at - 1) == '.')) && new Glob(each.name).matches(name)) {
                return Optional.of(each.why);
            }
        }
        return Optional.empty();
    }
}
