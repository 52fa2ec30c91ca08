// SPDX-License-Identifier: Apache-2.0
/**
 * The pool kinds: discovery, worker-or-task, roll and drain. Depends on control and on what woven code calls.
 */
@NullMarked
package io.reloader.pool;

import org.jspecify.annotations.NullMarked;
