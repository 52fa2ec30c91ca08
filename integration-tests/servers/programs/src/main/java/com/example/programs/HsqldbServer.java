// SPDX-License-Identifier: Apache-2.0
package com.example.programs;

import com.example.answers.Census;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.hsqldb.server.Server;

/** HSQLDB's server, with a function that runs in it. */
public final class HsqldbServer {
    private HsqldbServer() {}

    public static void main(String[] args) throws IOException, SQLException {
        // Its loader: functions of the server's class path must be named before the first is made.
        System.setProperty("hsqldb.method_class_names", "com.example.answers.*");
        int port = freePort();
        Server server = new Server();
        server.setSilent(true);
        server.setLogWriter(null);
        server.setErrWriter(null);
        server.setAddress("127.0.0.1");
        server.setPort(port);
        server.setDatabaseName(0, "answers");
        server.setDatabasePath(0, "mem:answers");
        server.start();
        try (Connection connection = DriverManager.getConnection("jdbc:hsqldb:mem:answers", "SA", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE FUNCTION ANSWER(PATH VARCHAR(100)) RETURNS VARCHAR(200) LANGUAGE JAVA"
                    + " NO SQL NOT DETERMINISTIC EXTERNAL NAME 'CLASSPATH:com.example.answers.Answers.to'");
        }
        Census.listening(port);
    }

    /** It takes no port 0. */
    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
