// SPDX-License-Identifier: Apache-2.0
/**
 * Changed classes: scan, diff, swap. Depends on control.
 */
@NullMarked
package io.reloader.code;

import org.jspecify.annotations.NullMarked;
