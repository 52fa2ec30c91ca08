// SPDX-License-Identifier: Apache-2.0
package com.example.greeting;

/** The class that the tests change. */
public final class Greeting {
    private Greeting() {}

    public static int version() {
        return 0;
    }
}
