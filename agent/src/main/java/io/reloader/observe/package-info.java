// SPDX-License-Identifier: Apache-2.0
/**
 * What the operator sees: log lines. Depends on control.
 */
@NullMarked
package io.reloader.observe;

import org.jspecify.annotations.NullMarked;
