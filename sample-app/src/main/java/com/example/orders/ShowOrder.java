// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** {@code GET /orders/17}: the order, and its receipt once that is written. */
final class ShowOrder implements Handler {
    private final Orders orders;
    private final Receipts receipts;

    ShowOrder(Orders orders, Receipts receipts) {
        this.orders = orders;
        this.receipts = receipts;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, SQLException {
        String text = request.getRequestURI().substring("/orders/".length());
        long id = Parameters.number(text, "order id", 1, Long.MAX_VALUE);
        Json answer = orders.find(id)
                .orElseThrow(() -> Refusal.notFound("no order " + id))
                .json();
        Optional<String> receipt = receipts.of(id);
        if (receipt.isPresent()) {
            answer.put("receipt", receipt.get());
        } else {
            answer.putNull("receipt");
        }
        answer.send(response, 200);
    }
}
