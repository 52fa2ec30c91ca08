// SPDX-License-Identifier: Apache-2.0
/** The business rules: the classes somebody wants to change while the service runs. */
@NullMarked
package com.example.orders.rules;

import org.jspecify.annotations.NullMarked;
