// SPDX-License-Identifier: Apache-2.0
/**
 * The only importer of Byte Buddy: puts the calls to the hooks into the JDK's pool classes.
 */
@NullMarked
package io.reloader.weave;

import org.jspecify.annotations.NullMarked;
