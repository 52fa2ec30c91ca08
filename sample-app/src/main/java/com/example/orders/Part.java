// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

/** Something the service opens when it starts and closes when it stops. */
interface Part {
    void close() throws Exception;
}
