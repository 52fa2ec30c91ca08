// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.math.BigDecimal;

/** An order as it is stored. */
record Order(long id, String item, int quantity, BigDecimal total, String pricing) {
    Json json() {
        return new Json()
                .put("id", id)
                .put("item", item)
                .put("quantity", quantity)
                .put("total", total)
                .put("pricing", pricing);
    }

    String csv() {
        return id + "," + item + "," + quantity + "," + total + "," + pricing;
    }
}
