// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The orders in the database. */
final class Orders {
    private static final String COLUMNS = "id, item, quantity, total, pricing";

    private final Database database;

    Orders(Database database) {
        this.database = database;
    }

    /** Stores the order together with the stock it takes, or neither. */
    Order add(Item item, int quantity, BigDecimal total, String pricing) throws SQLException {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            long id = insertOrder(connection, item, quantity, total, pricing);
            insertStockMove(connection, item, quantity);
            connection.commit();
            return new Order(id, item.label(), quantity, total, pricing);
        }
    }

    private static long insertOrder(Connection connection, Item item, int quantity, BigDecimal total, String pricing)
            throws SQLException {
        String insert = "INSERT INTO orders (item, quantity, total, pricing) VALUES (?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS)) {
            statement.setString(1, item.label());
            statement.setInt(2, quantity);
            statement.setBigDecimal(3, total);
            statement.setString(4, pricing);
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    private static void insertStockMove(Connection connection, Item item, int quantity) throws SQLException {
        String insert = "INSERT INTO stock_moves (item, quantity) VALUES (?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, item.label());
            statement.setInt(2, quantity);
            statement.executeUpdate();
        }
    }

    Optional<Order> find(long id) throws SQLException {
        return query("SELECT " + COLUMNS + " FROM orders WHERE id = ?", id).stream()
                .findFirst();
    }

    List<Order> first(int rows) throws SQLException {
        return query("SELECT " + COLUMNS + " FROM orders ORDER BY id LIMIT ?", rows);
    }

    private List<Order> query(String select, long argument) throws SQLException {
        try (Connection connection = database.connection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setLong(1, argument);
            List<Order> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(order(rows));
                }
            }
            return found;
        }
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(row.getLong(1), row.getString(2), row.getInt(3), row.getBigDecimal(4), row.getString(5));
    }
}
