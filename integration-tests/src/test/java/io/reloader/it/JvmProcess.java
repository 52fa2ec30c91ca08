// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A child process, most often a JVM: its output as lines, signals to it, its exit code. Closing it kills it. */
final class JvmProcess implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> command;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private JvmProcess(List<String> command, ProcessBuilder builder) throws IOException {
        this.command = command;
        this.process = builder.redirectErrorStream(true).start();
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    static JvmProcess start(List<String> command) {
        return start(new ProcessBuilder(command));
    }

    static JvmProcess start(ProcessBuilder builder) {
        try {
            return new JvmProcess(builder.command(), builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end; its output and exit code are there to look at. */
    static JvmProcess run(List<String> command) {
        JvmProcess process = start(command);
        process.exitCode();
        return process;
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            // The process was destroyed.
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The agent's own lines. */
    List<String> journal() {
        return lines.stream().filter(line -> line.startsWith("reloader: ")).toList();
    }

    /** Where the output is now; a mark to wait for lines after. */
    int mark() {
        return lines.size();
    }

    /** The first line that matches, from the beginning on. */
    Matcher await(String regex) {
        return await(regex, 0);
    }

    /** The first line at or after a mark that matches. Fails with the whole output at the deadline or at the exit. */
    Matcher await(String regex, int mark) {
        Pattern pattern = Pattern.compile(regex);
        Matcher[] found = new Matcher[1];
        Await.until(
                "a line like \"" + regex + "\"",
                PATIENCE,
                () -> {
                    boolean over = !reader.isAlive();
                    for (int i = mark; i < lines.size(); i++) {
                        Matcher matcher = pattern.matcher(lines.get(i));
                        if (matcher.find()) {
                            found[0] = matcher;
                            return true;
                        }
                    }
                    if (over) {
                        throw new AssertionError("the process ended without a line like \"" + regex + "\"\n" + log());
                    }
                    return false;
                },
                this::log);
        return found[0];
    }

    long count(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return lines.stream().filter(line -> pattern.matcher(line).find()).count();
    }

    void signal(String name) {
        try {
            Process kill = new ProcessBuilder("/bin/kill", "-" + name, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill -" + name + " " + pid() + ": " + said + "\n" + log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes a line to its standard input. */
    void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new AssertionError("cannot tell \"" + line + "\"\n" + log(), e);
        }
    }

    /** Ends its standard input. */
    void end() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended itself.
        }
    }

    /** Waits for the end, and for the last line of output. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS)) {
                throw new AssertionError("the process did not end\n" + log());
            }
            reader.join(PATIENCE.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String log() {
        return "--- " + String.join(" ", command) + " (pid " + pid() + ")\n"
                + lines.stream().collect(Collectors.joining("\n")) + "\n---";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
