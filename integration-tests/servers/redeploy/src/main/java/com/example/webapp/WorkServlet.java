// SPDX-License-Identifier: Apache-2.0
package com.example.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Gives each pool of the application a few tasks and waits for them. */
public final class WorkServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final int TASKS = 8;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Executor jetty = (Executor) getServletContext().getAttribute("jetty");
        List<?> executors = (List<?>) getServletContext().getAttribute("executors");
        CountDownLatch done = new CountDownLatch(TASKS * (executors.size() + 1));
        for (int i = 0; i < TASKS; i++) {
            jetty.execute(done::countDown);
            executors.forEach(executor -> ((Executor) executor).execute(done::countDown));
        }
        try {
            if (!done.await(10, TimeUnit.SECONDS)) {
                throw new ServletException(done.getCount() + " tasks did not run");
            }
        } catch (InterruptedException e) {
            throw new ServletException(e);
        }
        response.getWriter().write("worked");
    }
}
