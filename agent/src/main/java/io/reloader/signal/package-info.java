// SPDX-License-Identifier: Apache-2.0
/**
 * Dispositions, the stub for SIGUSR2, signal to command. Depends on control (commands, journal) and os.
 */
@NullMarked
package io.reloader.signal;

import org.jspecify.annotations.NullMarked;
