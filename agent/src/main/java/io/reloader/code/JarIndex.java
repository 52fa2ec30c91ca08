// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes in a jar, as this JVM's version sees them, with their checksums out of the central directory.
 *
 * @param stat the file's, the outermost one's if the jar lies within another
 * @param checksum of a jar that lies within another
 * @param classes by internal name
 */
record JarIndex(Stat stat, @Nullable Integer checksum, Map<String, Integer> classes) {

    /** The same in another file. */
    JarIndex in(Stat file) {
        return new JarIndex(file, checksum, classes);
    }
}
