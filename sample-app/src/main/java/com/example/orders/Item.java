// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is for sale. */
enum Item {
    BOOK("15.00"),
    LAMP("39.90"),
    PEN("2.50");

    private final String unitPrice;

    Item(String unitPrice) {
        this.unitPrice = unitPrice;
    }

    static Item called(String label) {
        return Arrays.stream(values())
                .filter(item -> item.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest("item must be one of " + labels() + ", not '" + label + "'"));
    }

    static String labels() {
        return Arrays.stream(values()).map(Item::label).collect(Collectors.joining(", "));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    BigDecimal unitPrice() {
        return new BigDecimal(unitPrice);
    }
}
