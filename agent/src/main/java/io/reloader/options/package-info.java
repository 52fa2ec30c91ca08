// SPDX-License-Identifier: Apache-2.0
/**
 * The option table, its parser and its printer. Depends on nothing else of ours.
 */
@NullMarked
package io.reloader.options;

import org.jspecify.annotations.NullMarked;
