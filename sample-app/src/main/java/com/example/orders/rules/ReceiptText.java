// SPDX-License-Identifier: Apache-2.0
package com.example.orders.rules;

import java.math.BigDecimal;

/** What a customer reads on the receipt: one line. */
public final class ReceiptText {
    /** The name of this wording, shown on every receipt. */
    public String version() {
        return "v1";
    }

    public String of(long order, String item, int quantity, BigDecimal total) {
        return "receipt " + version() + ": order " + order + ", " + quantity + " x " + item + ", " + total + " EUR";
    }
}
