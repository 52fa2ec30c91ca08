// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the handler of a request, and turns whatever goes wrong into a JSON line. */
final class Router extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final transient Handler placeOrder;
    private final transient Handler showOrder;
    private final transient Handler showCounts;
    private final transient Handler exportOrders;

    Router(Handler placeOrder, Handler showOrder, Handler showCounts, Handler exportOrders) {
        this.placeOrder = placeOrder;
        this.showOrder = showOrder;
        this.showCounts = showCounts;
        this.exportOrders = exportOrders;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            handlerOf(request).handle(request, response);
        } catch (Refusal e) {
            new Json().put("error", e.reason()).send(response, e.status());
        } catch (SQLException | RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            if (response.isCommitted()) {
                throw new ServletException(e);
            }
            new Json().put("error", "internal error: " + e).send(response, 500);
        }
    }

    private Handler handlerOf(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (path.equals("/orders")) {
            return only("POST", placeOrder, request);
        }
        if (path.startsWith("/orders/")) {
            return only("GET", showOrder, request);
        }
        return switch (path) {
            case "/counts" -> only("GET", showCounts, request);
            case "/export" -> only("GET", exportOrders, request);
            default -> throw Refusal.notFound("nothing at " + path);
        };
    }

    private static Handler only(String method, Handler handler, HttpServletRequest request) {
        if (!method.equals(request.getMethod())) {
            throw Refusal.wrongMethod(request.getRequestURI() + " takes " + method + " only");
        }
        return handler;
    }
}
