// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books what the orders took out of the stock, five times a second. */
final class Stock implements Part {
    static final int THREADS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Stock.class);
    private static final int EVERY_MILLIS = 200;
    private static final int FINISH_SECONDS = 5;

    private final ScheduledThreadPoolExecutor pool =
            new ScheduledThreadPoolExecutor(THREADS, new NamedThreads("stock"));
    private final LongAdder reconciliations = new LongAdder();
    private final Database database;

    private Stock(Database database) {
        this.database = database;
    }

    static Stock open(Database database) {
        Stock stock = new Stock(database);
        ScheduledFuture<?> unused =
                stock.pool.scheduleWithFixedDelay(stock::reconcile, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return stock;
    }

    private void reconcile() {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            for (Map.Entry<String, Long> taken : takeMoves(connection).entrySet()) {
                book(connection, taken.getKey(), taken.getValue());
            }
            connection.commit();
            reconciliations.increment();
        } catch (SQLException | RuntimeException e) {
            // An exception let through would end the schedule for good.
            LOG.error("stock not reconciled this time", e);
        }
    }

    private static Map<String, Long> takeMoves(Connection connection) throws SQLException {
        String take = "SELECT item, SUM(quantity) FROM OLD TABLE (DELETE FROM stock_moves) GROUP BY item";
        Map<String, Long> taken = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(take)) {
            while (rows.next()) {
                taken.put(rows.getString(1), rows.getLong(2));
            }
        }
        return taken;
    }

    private static void book(Connection connection, String item, long quantity) throws SQLException {
        String merge = """
                MERGE INTO stock USING (VALUES (?, ?)) AS taken (item, quantity) ON stock.item = taken.item
                WHEN MATCHED THEN UPDATE SET sold = sold + taken.quantity
                WHEN NOT MATCHED THEN INSERT (item, sold) VALUES (taken.item, taken.quantity)
                """;
        try (PreparedStatement statement = connection.prepareStatement(merge)) {
            statement.setString(1, item);
            statement.setLong(2, quantity);
            statement.executeUpdate();
        }
    }

    long reconciliations() {
        return reconciliations.sum();
    }

    @Override
    public void close() throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS)) {
            LOG.error("stopped in the middle of a reconciliation");
            pool.shutdownNow();
        }
    }
}
