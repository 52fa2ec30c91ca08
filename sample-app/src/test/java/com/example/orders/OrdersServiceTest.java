// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.load.LoadClient;
import com.example.load.LoadOptions;
import com.example.load.StopSignal;
import com.example.load.Summary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrdersServiceTest {
    @TempDir
    Path folder;

    @Test
    void everyAcceptedOrderIsStoredAndGetsOneReceipt() throws Exception {
        try (RunningService service = RunningService.in(folder)) {
            Summary load = load(service, "--requests", "200", "--connections", "4");

            assertThat(load.failed()).as(load.line()).isZero();
            assertThat(load.accepted()).isEqualTo(200);
            assertThat(load.connects()).isEqualTo(4);
            assertThat(load.versions()).containsExactly(Map.entry("v1", 200L));
            assertThat(RunningService.eventually(
                            () -> service.get("/counts"), counts -> counts.contains("Pending\":0")))
                    .startsWith("{\"accepted\":200,\"stored\":200,\"receipts\":200,\"duplicates\":0,");
        }
    }

    @Test
    void anOrderIsPricedAndNamesTheThreadThatTookIt() throws Exception {
        try (RunningService service = RunningService.in(folder)) {
            HttpResponse<String> answer = service.send("POST", "/orders?item=book&quantity=3");

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body())
                    .isEqualTo("{\"id\":1,\"item\":\"book\",\"quantity\":3,\"total\":45.00,\"pricing\":\"v1\","
                            + "\"worker\":\"http-1\"}\n");
        }
    }

    @Test
    void anOrderShowsItsReceiptOnceItIsWritten() throws Exception {
        try (RunningService service = RunningService.in(folder)) {
            service.send("POST", "/orders?item=pen&quantity=2");

            assertThat(RunningService.eventually(() -> service.get("/orders/1"), order -> !order.contains("null")))
                    .contains("\"receipt\":\"receipt v1: order 1, 2 x pen, 5.00 EUR\"");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | /orders                         | 400 | item is missing
            POST | /orders?item=book               | 400 | quantity is missing
            POST | /orders?item=tank&quantity=1    | 400 | item must be one of book, lamp, pen, not 'tank'
            POST | /orders?item=book&quantity=1001 | 400 | quantity must be a whole number from 1 to 1000, not '1001'
            POST | /orders?item=book&quantity=many | 400 | quantity must be a whole number from 1 to 1000, not 'many'
            GET  | /orders/first                   | 400 | order id must be a whole number from 1, not 'first'
            GET  | /export?pause=60000             | 400 | pause must be a whole number from 0 to 1000, not '60000'
            GET  | /orders/7                       | 404 | no order 7
            GET  | /nothing                        | 404 | nothing at /nothing
            GET  | /orders                         | 405 | /orders takes POST only
            """, quoteCharacter = '"')
    void aRequestThatMakesNoSenseIsRefusedWithOneClearLine(String method, String path, int status, String error)
            throws Exception {
        try (RunningService service = RunningService.in(folder)) {
            HttpResponse<String> answer = service.send(method, path);

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}\n");
            assertThat(service.get("/counts")).startsWith("{\"accepted\":0,\"stored\":0,");
        }
    }

    @Test
    void closingWritesTheReceiptsStillInTheQueue() throws Exception {
        Summary load;
        try (RunningService service = RunningService.in(folder)) {
            load = load(service, "--requests", "100", "--connections", "4");
        }
        assertThat(Files.readAllLines(folder.resolve("receipts.txt"))).hasSize(100);
        try (RunningService service = RunningService.in(folder)) {
            assertThat(load.accepted()).isEqualTo(100);
            assertThat(service.get("/counts"))
                    .startsWith("{\"accepted\":0,\"stored\":100,\"receipts\":100,\"duplicates\":0,");
        }
    }

    @Test
    void theExportHoldsTheOldestOrders() throws Exception {
        try (RunningService service = RunningService.in(folder)) {
            service.send("POST", "/orders?item=lamp&quantity=2");
            service.send("POST", "/orders?item=pen&quantity=1");
            service.send("POST", "/orders?item=pen&quantity=1");

            assertThat(RunningService.lines(service.get("/export?pause=1&rows=2")))
                    .containsExactly("id,item,quantity,total,pricing", "1,lamp,2,79.80,v1", "2,pen,1,2.50,v1");
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Options options = new Options(port, folder.resolve("orders"), 1, Optional.empty());

            assertThatThrownBy(() -> OrdersService.start(options))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port);
        }
    }

    @Test
    void aDatabaseInUseIsNamed() throws Exception {
        Path file = folder.resolve("orders.mv.db");
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> RunningService.in(folder))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("cannot open the database " + folder);
        }
    }

    private static Summary load(RunningService service, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("--url", service.url()));
        args.addAll(List.of(more));
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return LoadClient.run(LoadOptions.parse(args), new StopSignal(), out);
    }
}
