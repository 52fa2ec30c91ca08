// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import com.example.orders.rules.Pricing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;

/** {@code POST /orders?item=book&quantity=3}: stores the order, then hands its receipt to the background. */
final class PlaceOrder implements Handler {
    private static final int MOST = 1000;

    private final Pricing pricing;
    private final Orders orders;
    private final Receipts receipts;
    private final LongAdder accepted;

    PlaceOrder(Pricing pricing, Orders orders, Receipts receipts, LongAdder accepted) {
        this.pricing = pricing;
        this.orders = orders;
        this.receipts = receipts;
        this.accepted = accepted;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, SQLException {
        Item item = Item.called(Parameters.text(request, "item"));
        int quantity = Parameters.number(request, "quantity", 1, MOST);
        String rule = pricing.rule();
        BigDecimal total = pricing.total(item.unitPrice(), quantity);
        Order order = orders.add(item, quantity, total, rule);
        receipts.writeLater(order);
        accepted.increment();
        order.json().put("worker", Thread.currentThread().getName()).send(response, 201);
    }
}
