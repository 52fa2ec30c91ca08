// SPDX-License-Identifier: Apache-2.0
/**
 * Leaves the terminal: the foreground JVM hands its command line over to a daemon and becomes the shell that waits for
 * it. Depends on control (journal), options and os.
 */
@NullMarked
package io.reloader.daemon;

import org.jspecify.annotations.NullMarked;
