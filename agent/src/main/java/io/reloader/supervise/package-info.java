// SPDX-License-Identifier: Apache-2.0
/**
 * What a service manager is told, in the words of sd_notify(3). Depends on control (supervisor, journal) and os.
 */
@NullMarked
package io.reloader.supervise;

import org.jspecify.annotations.NullMarked;
