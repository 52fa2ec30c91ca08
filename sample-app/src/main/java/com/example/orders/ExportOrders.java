// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;

/** {@code GET /export?pause=100&rows=50}: the oldest orders as CSV, with a pause of so many milliseconds per row. */
final class ExportOrders implements Handler {
    private static final int LONGEST_PAUSE = 1000;
    private static final int MOST_ROWS = 1000;

    private final Orders orders;

    ExportOrders(Orders orders) {
        this.orders = orders;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, SQLException {
        int pause = Parameters.number(request, "pause", 0, 0, LONGEST_PAUSE);
        int rows = Parameters.number(request, "rows", 100, 1, MOST_ROWS);
        List<Order> exported = orders.first(rows);
        response.setContentType("text/csv;charset=utf-8");
        PrintWriter csv = response.getWriter();
        csv.print("id,item,quantity,total,pricing\n");
        for (Order order : exported) {
            csv.print(order.csv() + "\n");
            response.flushBuffer();
            pause(pause);
        }
    }

    private static void pause(int millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("export interrupted");
        }
    }
}
