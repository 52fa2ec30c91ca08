// SPDX-License-Identifier: Apache-2.0
/** A load client that hides nothing: plain sockets, no retries, every anomaly is counted. */
@NullMarked
package com.example.load;

import org.jspecify.annotations.NullMarked;
