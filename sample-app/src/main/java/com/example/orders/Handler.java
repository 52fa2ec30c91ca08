// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** Answers the requests of one endpoint. */
interface Handler {
    void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, SQLException;
}
