// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

/**
 * A class that its class loader cannot find, and has to be given.
 *
 * @param beside a class of the same place: the new one gets its loader and protection domain
 */
record Addition(Change change, Class<?> beside) {

    String name() {
        return change.of().name();
    }

    LoaderTable table() {
        return change.of().table();
    }
}
