// SPDX-License-Identifier: Apache-2.0
/** The command lines of the two programs. */
@NullMarked
package com.example.arguments;

import org.jspecify.annotations.NullMarked;
