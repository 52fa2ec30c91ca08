// SPDX-License-Identifier: Apache-2.0
/**
 * The composition root: builds everything by constructor; nothing depends on it but the entry.
 */
@NullMarked
package io.reloader.agent;

import org.jspecify.annotations.NullMarked;
