// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sample application in a process of its own, and its changed versions. */
final class Sample implements AutoCloseable {
    final JvmProcess process;
    private final Path folder;
    private final Path jar;
    private final String url;
    private final HttpClient client = HttpClient.newHttpClient();

    private Sample(Java java, Path folder) throws IOException {
        this.folder = folder;
        this.jar = folder.resolve("app.jar");
        Files.copy(Java.SAMPLE, jar);
        // A late attach takes a jar for the one that was loaded if it is older than the process, to the clock's tick.
        long deployed = System.nanoTime();
        Await.until(
                "the jar to be older than the process",
                JvmProcess.PATIENCE,
                () -> System.nanoTime() - deployed > 100_000_000L,
                jar::toString);
        this.process = java.in(folder)
                .with(
                        "-jar",
                        jar.toString(),
                        "--port",
                        "0",
                        "--db",
                        folder.resolve("orders").toString())
                .start();
        this.url = "http://" + process.await("orders: listening on (\\S+)").group(1);
    }

    static Sample start(Java java, Path folder) {
        try {
            return new Sample(java, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Real keep-alive load from another process, until {@link #stopLoad}. */
    JvmProcess load(Jdk jdk, int ratePerSecond) {
        JvmProcess load = Java.on(jdk)
                .classPath(Java.SAMPLE)
                .with("com.example.load.LoadClient", "--url", url, "--connections", "4", "--seconds", "300")
                .with("--rate", Integer.toString(ratePerSecond))
                .start();
        load.await("t=\\d+ requests=[1-9]");
        return load;
    }

    /** Ends the load, and holds it to what was promised. The number of orders that the client has an answer for. */
    long stopLoad(JvmProcess load, String lastVersion) {
        load.tell("stop");
        int status = load.exitCode();
        Matcher summary = load.await("summary .*accepted=(\\d+) failed=(\\d+) .*versions=(\\S+) .*connects=(\\d+)");
        String evidence = load.log() + process.log();
        assertThat(summary.group(2)).as("failed requests\n%s", evidence).isEqualTo("0");
        assertThat(summary.group(4))
                .as("connections opened by 4 clients\n%s", evidence)
                .isEqualTo("4");
        assertThat(summary.group(3)).as("versions served\n%s", evidence).contains(lastVersion + ":");
        assertThat(status).as(evidence).isZero();
        return Long.parseLong(summary.group(1));
    }

    /** Deploys a pricing whose answers carry this name, in the jar, by rename. */
    void deployPricing(String version) {
        Path classes = folder.resolve("pricing-" + version);
        Sources.compile(classes, Java.SAMPLE.toString(), """
                package com.example.orders.rules;
                import java.math.BigDecimal;
                public final class Pricing {
                    public String rule() { return "%s"; }
                    public BigDecimal total(BigDecimal unitPrice, int quantity) {
                        return unitPrice.multiply(BigDecimal.valueOf(quantity));
                    }
                }
                """.formatted(version));
        Jars.replace(jar, classes);
    }

    /** Sends a signal that reloads, and waits for its verdict. */
    String reload(String signal) {
        int mark = process.mark();
        process.signal(signal);
        Matcher verdict = process.await("reloader: - reload \\d+ (done|partial|refused|failed).*", mark);
        return verdict.group();
    }

    String get(String path) {
        try {
            return client.send(request(path), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("GET " + path + "\n" + process.log(), e);
        }
    }

    /** A request that is under way when this returns: its first bytes have come. */
    CompletableFuture<HttpResponse<String>> begin(String path) {
        return client.sendAsync(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).build();
    }

    /** Waits until every receipt has been written, then holds the books to the number of orders accepted. */
    void assertNothingLostOrDoubled(long accepted) {
        Await.until("all receipts", JvmProcess.PATIENCE, () -> count("receiptsPending") == 0, process::log);
        assertThat(count("accepted")).isEqualTo(accepted);
        assertThat(count("stored")).isEqualTo(accepted);
        assertThat(count("receipts")).isEqualTo(accepted);
        assertThat(count("duplicates")).isZero();
    }

    long count(String name) {
        String counts = get("/counts");
        Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(counts);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in " + counts);
        }
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public void close() {
        process.close();
    }
}
