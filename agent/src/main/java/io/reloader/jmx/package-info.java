// SPDX-License-Identifier: Apache-2.0
/**
 * The agent as a managed bean of the JVM's own MBean server. The only importer of {@code javax.management}, which a
 * runtime image may lack and which most applications never load: all but {@link Presence} and {@link Tally} is loaded once
 * the application has a server. Depends on control, door and options.
 */
@NullMarked
package io.reloader.jmx;

import org.jspecify.annotations.NullMarked;
