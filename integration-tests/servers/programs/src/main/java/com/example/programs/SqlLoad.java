// SPDX-License-Identifier: Apache-2.0
package com.example.programs;

import com.example.client.Connection;
import com.example.client.Load;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The load client over JDBC: each request is one call of the function on a connection that is kept. */
public final class SqlLoad {
    private SqlLoad() {}

    /** The port, and a URL with a # in its place. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String url = args[1].replace("#", args[0]);
        Load.run(() -> new Session(url));
    }

    private static final class Session implements Connection {
        private final java.sql.Connection connection;
        private final PreparedStatement call;

        Session(String url) throws IOException {
            try {
                connection = DriverManager.getConnection(url, "SA", "");
                call = connection.prepareStatement("CALL ANSWER(?)");
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }

        @Override
        public String get(String path) throws IOException {
            try {
                call.setString(1, path);
                try (ResultSet answer = call.executeQuery()) {
                    answer.next();
                    return answer.getString(1);
                }
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
