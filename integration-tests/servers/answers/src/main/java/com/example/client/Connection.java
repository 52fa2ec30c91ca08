// SPDX-License-Identifier: Apache-2.0
package com.example.client;

import java.io.Closeable;
import java.io.IOException;

/** One connection to a server, kept open over all requests of its one user. */
public interface Connection extends Closeable {

    /** The body of a good answer; anything else is an IOException. */
    String get(String path) throws IOException;

    /** Opens one. */
    interface Opener {
        Connection open() throws IOException;
    }
}
