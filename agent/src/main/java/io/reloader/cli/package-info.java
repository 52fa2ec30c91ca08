// SPDX-License-Identifier: Apache-2.0
/**
 * The command line; the only importer of picocli.
 */
@NullMarked
package io.reloader.cli;

import org.jspecify.annotations.NullMarked;
