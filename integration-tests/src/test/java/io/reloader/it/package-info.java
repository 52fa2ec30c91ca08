// SPDX-License-Identifier: Apache-2.0
/** Real JVMs with the shipped agent, driven as an operator drives them: signals, jars, sockets, exit codes. */
@NullMarked
package io.reloader.it;

import org.jspecify.annotations.NullMarked;
