// SPDX-License-Identifier: Apache-2.0
/**
 * What the application asked to be told of: its own static methods, called as workers come and go and around a reload.
 * Depends on control.
 */
@NullMarked
package io.reloader.hook;

import org.jspecify.annotations.NullMarked;
