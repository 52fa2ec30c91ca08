// SPDX-License-Identifier: Apache-2.0
package com.example.programs;

import com.example.answers.Census;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;

/** H2's TCP server, with a function that runs in it. */
public final class H2Server {
    private H2Server() {}

    public static void main(String[] args) throws SQLException {
        // Kept by DB_CLOSE_DELAY once this connection has gone.
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:answers;DB_CLOSE_DELAY=-1", "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ALIAS ANSWER FOR 'com.example.answers.Answers.to'");
        }
        Server server = Server.createTcpServer("-tcpPort", "0").start();
        Census.listening(server.getPort());
    }
}
