// SPDX-License-Identifier: Apache-2.0
/**
 * What happens as events of the JVM's flight recorder. The only importer of {@code jdk.jfr}, which a runtime image may
 * lack: loaded where that is there, off the start-up path. Depends on control.
 */
@NullMarked
package io.reloader.flight;

import org.jspecify.annotations.NullMarked;
