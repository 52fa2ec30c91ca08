// SPDX-License-Identifier: Apache-2.0
/**
 * How a stop lets nothing new in and loses nobody: the listening sockets, the connections, and the servers behind them.
 */
@NullMarked
package io.reloader.intake;

import org.jspecify.annotations.NullMarked;
