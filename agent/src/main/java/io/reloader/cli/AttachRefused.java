// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

/** The other JVM did not let us in; the message goes on from "process 42 ". */
final class AttachRefused extends Exception {
    AttachRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
