// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import com.example.orders.rules.Pricing;
import com.example.orders.rules.ReceiptText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole service; its parts are closed in the reverse of the order they were opened in. */
public final class OrdersService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrdersService.class);

    private final Deque<Part> parts = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private int port;

    private OrdersService() {}

    public static OrdersService start(Options options) throws StartFailure {
        OrdersService service = new OrdersService();
        try {
            service.open(options);
            return service;
        } catch (StartFailure e) {
            service.close();
            throw e;
        }
    }

    private void open(Options options) throws StartFailure {
        Pricing pricing = new Pricing();
        ReceiptText text = new ReceiptText();
        LongAdder accepted = new LongAdder();

        Database database = keep(Database.open(options.db(), options.httpThreads()));
        Orders orders = new Orders(database);
        Receipts receipts = keep(Receipts.open(database, text, options.receipts()));
        Stock stock = keep(Stock.open(database));
        Router router = new Router(
                new PlaceOrder(pricing, orders, receipts, accepted),
                new ShowOrder(orders, receipts),
                new ShowCounts(database, accepted, receipts, stock, pricing, text),
                new ExportOrders(orders));
        Web web = keep(Web.prepare(options.httpThreads()));
        port = web.listen(options.port(), router);
    }

    private <T extends Part> T keep(T part) {
        parts.push(part);
        return part;
    }

    public int port() {
        return port;
    }

    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} did not close", part.getClass().getSimpleName(), e);
            }
        }
        closed.countDown();
    }
}
