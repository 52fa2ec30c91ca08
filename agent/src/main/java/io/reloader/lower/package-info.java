// SPDX-License-Identifier: Apache-2.0
/**
 * From class files to class files: a changed class in the shape that it was loaded with, and beside it companions that
 * hold what was added. Knows no running JVM.
 */
@NullMarked
package io.reloader.lower;

import org.jspecify.annotations.NullMarked;
