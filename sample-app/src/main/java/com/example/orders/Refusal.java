// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

/** A request that is not served, with the status and the one line its sender gets. */
final class Refusal extends RuntimeException {
    private final int status;
    private final String reason;

    private Refusal(int status, String message) {
        super(message);
        this.status = status;
        this.reason = message;
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    static Refusal wrongMethod(String message) {
        return new Refusal(405, message);
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }
}
