// SPDX-License-Identifier: Apache-2.0
/** A small order service: HTTP in front, a database file behind, two background pools. */
@NullMarked
package com.example.orders;

import org.jspecify.annotations.NullMarked;
