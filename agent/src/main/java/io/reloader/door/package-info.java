// SPDX-License-Identifier: Apache-2.0
/**
 * The command socket: one line in, lines out, the last one the verdict. Knows control, options and os.
 */
@NullMarked
package io.reloader.door;

import org.jspecify.annotations.NullMarked;
