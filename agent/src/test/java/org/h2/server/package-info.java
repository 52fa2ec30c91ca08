// SPDX-License-Identifier: Apache-2.0
/** A stand-in for a server that gives each connection a thread. */
@NullMarked
package org.h2.server;

import org.jspecify.annotations.NullMarked;
