// SPDX-License-Identifier: Apache-2.0
package io.reloader.options;

/** The table of options: parser, help, README and attach are made from it. */
public enum Option {
    CONFIG("config", Type.TEXT, "", "file with more options, one key=value a line; every other source wins over it"),
    STRICT(
            "strict",
            Type.SWITCH,
            "false",
            "with a wrong option, end the host with status 2 instead of staying out of it"),
    STOP("stop", Type.SIGNAL, "TERM", "signal that lets work in flight finish, then exits; a second one exits at once"),
    RELOAD("reload", Type.SIGNAL, "USR1", "signal that takes up changed classes and rolls the worker pools"),
    RELOAD_TASKS("reload-tasks", Type.SIGNAL, "USR2", "signal that takes up changed classes and rolls the task pools"),
    REOPEN_LOG("reopen-log", Type.SIGNAL, "HUP", "signal on which a daemon begins a new log file"),
    WORKERS("workers", Type.PATTERNS, "", "pools to count as worker pools, by the name of the pool or of its threads"),
    TASKS("tasks", Type.PATTERNS, "", "pools to count as task pools, by the name of the pool or of its threads"),
    SIDE_BY_SIDE(
            "side-by-side",
            Type.SWITCH,
            "true",
            "whether a worker that is not replaced yet runs the old code on; without it all take the new code at once"),
    STRUCTURE(
            "structure",
            Type.SWITCH,
            "false",
            "whether added members and nested classes are taken up as well as changed bodies; experimental, see docs/structure.md"),
    STRUCTURE_SCOPE(
            "structure-scope",
            Type.PATTERNS,
            "",
            "classes that structure=true prepares at load for more fields; by default the application's own, not its libraries'"),
    TASKS_FOLLOW(
            "tasks-follow",
            Type.SWITCH,
            "false",
            "whether a reload that has rolled the worker pools goes on with the task pools"),
    BATCH("batch", Type.COUNT, "1", "workers of one pool that may be replaced at the same time"),
    MERCY(
            "mercy",
            Type.DURATION,
            "30s",
            "how long a roll waits without a worker replaced before it reports who is behind"),
    ON_TIMEOUT(
            "on-timeout",
            Type.TIMEOUT,
            "wait",
            "what a roll does then: wait for them, or interrupt the thread of each once"),
    CANARY(
            "canary",
            Type.DURATION,
            "10s",
            "how long after its roll a reload is rolled back by itself if its code meets linkage or initialiser errors that the old code did not; 0s for never"),
    ROLLBACKS(
            "rollbacks",
            Type.FEW,
            "3",
            "reloads that can be rolled back, one after another; 0 keeps nothing and has no canary"),
    TERM_DELAY(
            "term-delay",
            Type.DURATION,
            "0s",
            "how long a stop serves on while load balancers learn of it; less once no new connection comes for half of it"),
    TERM_DEADLINE(
            "term-deadline", Type.DURATION, "30s", "how long a stop waits for work in flight before it exits with 143"),
    QUIET_PERIOD(
            "quiet-period",
            Type.DURATION,
            "100ms",
            "how long a changed file must have been left alone before it is read"),
    OVERLAY(
            "overlay",
            Type.TEXT,
            "",
            "directory or jar whose classes win over the deployed ones of the same name; only root and the process's own user may be able to write to it"),
    SOCKET(
            "socket",
            Type.PLACE,
            "auto",
            "directory of the socket that the command line speaks to; auto is $XDG_RUNTIME_DIR/reloader, /run/reloader of root, or /tmp/reloader-UID"),
    BEFORE_RELOAD("before-reload", Type.HOOKS, "", "what of the application is called before a reload reads any class"),
    AFTER_RELOAD(
            "after-reload",
            Type.AFTER,
            "",
            "what is called after a reload's verdict: of the application, or what clears the caches of a library"),
    ON_WORKER_START(
            "on-worker-start",
            Type.HOOKS,
            "",
            "what of the application is called on each new worker's thread before its first unit of work"),
    ON_WORKER_STOP(
            "on-worker-stop",
            Type.HOOKS,
            "",
            "what of the application is called on each worker's thread once it has left its pool"),
    HOOK_DEADLINE(
            "hook-deadline",
            Type.DURATION,
            "10s",
            "how long a reload waits for before-reload, and after what time any of these is reported as late"),
    DAEMONIZE(
            "daemonize",
            Type.SWITCH,
            "false",
            "leave the terminal: start the same command as a daemon, wait until it is ready, exit with its verdict"),
    LOG(
            "log",
            Type.TEXT,
            "reloader.log",
            "file that a daemon's output is appended to; inherit leaves it where it went"),
    PIDFILE(
            "pidfile",
            Type.TEXT,
            "",
            "file that holds a daemon's process number, locked while it lives and removed at its end"),
    READY(
            "ready",
            Type.READY,
            "agent",
            "when a daemon or a unit counts as ready: the agent is armed, a port listens, a line is logged, a file is there"),
    READY_TIMEOUT(
            "ready-timeout",
            Type.DURATION,
            "60s",
            "how long the shell waits for a daemon to be ready before it stops it"),
    CHDIR("chdir", Type.TEXT, "", "directory that a daemon starts in; every path must then be written in full"),
    UMASK("umask", Type.UMASK, "keep", "permissions that files which a daemon creates do not get"),
    USER("user", Type.TEXT, "", "user that a daemon runs as, with that user's groups; only root can change it"),
    GROUP("group", Type.TEXT, "", "group that a daemon runs as, in place of its user's first one");

    private final String key;
    private final Type type;
    private final String standard;
    private final String doc;

    Option(String key, Type type, String standard, String doc) {
        this.key = key;
        this.type = type;
        this.standard = standard;
        this.doc = doc;
    }

    public String key() {
        return key;
    }

    /** The value where no source names another. */
    public String standard() {
        return standard;
    }

    /** What the value may be. */
    public String rule() {
        return type.rule();
    }

    /** What it does, one sentence without a full stop. */
    public String doc() {
        return doc;
    }

    /** A time as options are written, in milliseconds, or -1 where the text is none. */
    public static long millis(String text) {
        return Type.millis(text);
    }

    Type type() {
        return type;
    }

    /** The environment's name for this option: {@code RELOADER_TERM_DEADLINE}. */
    public String variable() {
        return "RELOADER_" + name();
    }
}
