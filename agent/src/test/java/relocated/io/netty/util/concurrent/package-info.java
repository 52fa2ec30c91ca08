// SPDX-License-Identifier: Apache-2.0
/** A stand-in for a library that another one carries under its own name. */
@NullMarked
package relocated.io.netty.util.concurrent;

import org.jspecify.annotations.NullMarked;
