// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import com.example.arguments.BadArgument;
import java.util.List;

/** Starts the order service and stays until the JVM is told to stop. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        OrdersService service = start(List.of(args));
        Runtime.getRuntime().addShutdownHook(new Thread(service::close, "orders-stop"));
        System.out.println("orders: listening on 127.0.0.1:" + service.port());
        service.awaitClose();
    }

    private static OrdersService start(List<String> args) {
        try {
            return OrdersService.start(Options.parse(args));
        } catch (BadArgument e) {
            throw exit(2, e);
        } catch (StartFailure e) {
            throw exit(1, e);
        }
    }

    private static IllegalStateException exit(int code, Exception why) {
        System.err.println("orders: " + why.getMessage());
        System.exit(code);
        return new IllegalStateException(why);
    }
}
