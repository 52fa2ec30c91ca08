// SPDX-License-Identifier: Apache-2.0
/**
 * The heart: one thread, one inbox, a state x command table, generations and deadlines. Knows no pool, class, JNI, Byte Buddy, JMX or command line type; what it needs of them are the small interfaces here.
 */
@NullMarked
package io.reloader.control;

import org.jspecify.annotations.NullMarked;
