// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import com.example.orders.rules.Pricing;
import com.example.orders.rules.ReceiptText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@code GET /counts}: enough to prove a loss or a doubling from outside. What was accepted is counted since the
 * start, what is stored in the whole database file.
 */
final class ShowCounts implements Handler {
    private static final String SELECT = """
            SELECT (SELECT COUNT(*) FROM orders),
                   (SELECT COUNT(*) FROM receipts),
                   (SELECT COUNT(*) FROM (SELECT order_id FROM receipts GROUP BY order_id HAVING COUNT(*) > 1))
            """;

    private final Database database;
    private final LongAdder accepted;
    private final Receipts receipts;
    private final Stock stock;
    private final Pricing pricing;
    private final ReceiptText text;

    ShowCounts(
            Database database, LongAdder accepted, Receipts receipts, Stock stock, Pricing pricing, ReceiptText text) {
        this.database = database;
        this.accepted = accepted;
        this.receipts = receipts;
        this.stock = stock;
        this.pricing = pricing;
        this.text = text;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, SQLException {
        // Read before the database is, so that 0 pending means the receipts counted are all there will be.
        long pending = receipts.pending();
        Json answer = new Json().put("accepted", accepted.sum());
        putStored(answer);
        answer.put("receiptsPending", pending)
                .put("reconciliations", stock.reconciliations())
                .put("pricing", pricing.rule())
                .put("receipt", text.version())
                .send(response, 200);
    }

    private void putStored(Json answer) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT)) {
            row.next();
            answer.put("stored", row.getLong(1)).put("receipts", row.getLong(2)).put("duplicates", row.getLong(3));
        }
    }
}
