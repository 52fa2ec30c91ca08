// SPDX-License-Identifier: Apache-2.0
/**
 * The only importer of jffi and jnr: libc calls, the native library, process facts. Depends on nothing else of ours.
 */
@NullMarked
package io.reloader.os;

import org.jspecify.annotations.NullMarked;
