// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import com.example.orders.rules.ReceiptText;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the receipt of each order in the background. */
final class Receipts implements Part {
    static final int THREADS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    private static final int FINISH_SECONDS = 20;

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamedThreads("receipts"));
    private final AtomicLong pending = new AtomicLong();
    private final Database database;
    private final ReceiptText text;
    private final Optional<ReceiptFile> file;

    private Receipts(Database database, ReceiptText text, Optional<ReceiptFile> file) {
        this.database = database;
        this.text = text;
        this.file = file;
    }

    static Receipts open(Database database, ReceiptText text, Optional<Path> path) throws StartFailure {
        Optional<ReceiptFile> file = path.isEmpty() ? Optional.empty() : Optional.of(ReceiptFile.open(path.get()));
        return new Receipts(database, text, file);
    }

    /** Hands the order over to the pool and returns at once. */
    void writeLater(Order order) {
        pending.incrementAndGet();
        pool.execute(() -> write(order));
    }

    private void write(Order order) {
        try {
            String receipt = text.of(order.id(), order.item(), order.quantity(), order.total());
            if (file.isPresent()) {
                file.get().append(receipt);
            }
            insert(order.id(), receipt);
        } catch (SQLException | IOException | RuntimeException e) {
            LOG.error("order {} gets no receipt", order.id(), e);
        } finally {
            pending.decrementAndGet();
        }
    }

    private void insert(long order, String receipt) throws SQLException {
        String insert = "INSERT INTO receipts (order_id, text) VALUES (?, ?)";
        try (Connection connection = database.connection();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setLong(1, order);
            statement.setString(2, receipt);
            statement.executeUpdate();
        }
    }

    Optional<String> of(long order) throws SQLException {
        String select = "SELECT text FROM receipts WHERE order_id = ? ORDER BY id";
        try (Connection connection = database.connection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setLong(1, order);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /** How many were handed over and are not written yet. */
    long pending() {
        return pending.get();
    }

    @Override
    public void close() throws InterruptedException, IOException {
        pool.shutdown();
        if (!pool.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS)) {
            LOG.error("stopped with {} receipts unwritten", pending());
            pool.shutdownNow();
        }
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
