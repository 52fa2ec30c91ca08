// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** A class directory or a plain jar, as one class loader knows it. Made at the first class that comes from it. */
final class Location {
    private final Path path;
    private final @Nullable Stat opened;

    /** What was in the jar when it was first looked at, or last taken up; written by the take-up thread. */
    private volatile @Nullable JarIndex index;

    /** The jar whose classes are all taken up; written by the take-up thread. */
    private volatile @Nullable Stat compared;

    private Location(Path path, @Nullable Stat opened) {
        this.path = path;
        this.opened = opened;
    }

    /** Where the classes of this domain come from; null if there is no such place. */
    static @Nullable URL source(@Nullable ProtectionDomain domain) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        return source == null ? null : source.getLocation();
    }

    /** Null unless the URL names a file or directory. */
    static @Nullable Location at(URL url) {
        if (!"file".equals(url.getProtocol())) {
            return null;
        }
        try {
            Path path = Path.of(url.toURI());
            return new Location(path, Stat.of(path));
        } catch (Exception e) {
            // A space that is not encoded, a host name: class loaders have been seen to make both.
            return null;
        }
    }

    Path path() {
        return path;
    }

    /** The file as its class loader opened it, as far as that can be known. */
    @Nullable
    Stat opened() {
        return opened;
    }

    boolean directory() {
        return opened != null && opened.directory();
    }

    @Nullable
    JarIndex index() {
        return index;
    }

    void index(JarIndex next) {
        index = next;
    }

    @Nullable
    Stat compared() {
        return compared;
    }

    void compared(Stat stat) {
        compared = stat;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
