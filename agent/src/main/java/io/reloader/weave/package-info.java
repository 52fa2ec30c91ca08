// SPDX-License-Identifier: Apache-2.0
/**
 * The only importer of Byte Buddy: puts the calls to the hooks into the pool classes of the JDK and of libraries.
 */
@NullMarked
package io.reloader.weave;

import org.jspecify.annotations.NullMarked;
