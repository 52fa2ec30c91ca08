// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a file says of its identity and content.
 *
 * @param key device and inode, or null where the file system has none
 */
record Stat(@Nullable Object key, long size, FileTime modified, boolean directory) {

    /** Null if there is no such file. */
    static @Nullable Stat of(Path path) {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stat(found.fileKey(), found.size(), found.lastModifiedTime(), found.isDirectory());
        } catch (IOException e) {
            return null;
        }
    }

    boolean sameFile(Stat other) {
        return key != null && key.equals(other.key);
    }

    /**
     * When this path was last written, renamed or given other attributes. The time of modification alone can lie:
     * cp -p, tar and rsync -t set it back; the kernel sets the time of change itself.
     */
    static Instant touched(Path path) throws IOException {
        Instant modified = Files.getLastModifiedTime(path).toInstant();
        try {
            Instant changed = ((FileTime) Files.getAttribute(path, "unix:ctime")).toInstant();
            return changed.isAfter(modified) ? changed : modified;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return modified;
        }
    }
}
