// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * A class directory, a jar, or a folder or jar within a jar, as one class loader knows it. Made at the first class that
 * comes from it.
 */
final class Location {
    private final CodePlace origin;

    /** Written by the background thread that remembers, then by the take-up thread. */
    private volatile @Nullable Stat opened;

    /** Where its classes are looked for: a jar may have come under another version's name. Written by the take-up thread. */
    private volatile CodePlace place;

    /** What was in the jar when it was first looked at, or last taken up; written by the take-up thread. */
    private volatile @Nullable JarIndex index;

    /** What was in the jar that the class loader opened; written by the take-up thread. */
    private volatile @Nullable JarIndex original;

    /** The jar whose classes are all taken up; written by the take-up thread. */
    private volatile @Nullable Stat compared;

    /** Of a jar with others in it: which of them it has is asked for long after it was replaced. Written as the above. */
    private volatile @Nullable Content kept;

    private final OwnFiles files = new OwnFiles(this);

    private Location(CodePlace place, @Nullable Stat opened, @Nullable Content kept) {
        this.origin = place;
        this.place = place;
        this.opened = opened;
        this.kept = kept;
    }

    /** Where the classes of this domain come from; null if there is no such place. */
    static @Nullable URL source(@Nullable ProtectionDomain domain) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        return source == null ? null : source.getLocation();
    }

    static Location at(CodePlace place) {
        return new Location(
                place, Stat.of(place.path()), place.inside().isEmpty() ? null : Content.ifThere(place.path()));
    }

    /** Another place in this file, which the class loader has opened once for both. */
    Location sibling(CodePlace place) {
        return new Location(place, opened, kept);
    }

    /** The file as it was then, still open; closed with the last place in it, by the garbage collector. */
    @Nullable
    Content kept() {
        return kept;
    }

    OwnFiles files() {
        return files;
    }

    /** What the class loader was given. */
    CodePlace origin() {
        return origin;
    }

    CodePlace place() {
        return place;
    }

    void move(CodePlace next) {
        place = next;
    }

    boolean moved() {
        return !place.equals(origin);
    }

    Path path() {
        return place.path();
    }

    /** A folder or jar within the jar; empty for all of it. */
    String inside() {
        return place.inside();
    }

    /** The file as its class loader opened it, as far as that can be known. */
    @Nullable
    Stat opened() {
        return opened;
    }

    /** It was another file that the class loader opened, as this one shows, which is there no more by name. */
    void opened(Path other) throws IOException {
        Content content = Content.of(other);
        Stat stat = Stat.of(other);
        if (!inside().isEmpty()) {
            kept = content;
            opened = stat;
        } else if (stat != null) {
            try (Archive archive = new Archive(content)) {
                JarIndex before = Jar.at(archive, "").index(stat);
                opened = stat;
                index(before);
            }
        }
    }

    boolean directory() {
        Stat known = opened;
        return known != null && known.directory();
    }

    @Nullable
    JarIndex index() {
        return index;
    }

    void index(JarIndex next) {
        if (original == null && next.stat().equals(opened)) {
            original = next;
        }
        index = next;
    }

    /** Whether the class loader will look for this class in vain: the jar that it opened has none of that name. */
    boolean brandNew(String name) {
        JarIndex first = original;
        JarIndex last = index;
        JarIndex known = first == null ? last : first;
        return known != null && !known.classes().containsKey(name);
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
        return place.toString();
    }

    /** What a class file here is called in a message. */
    String file(String name) {
        String separator = directory() ? "/" : inside().isEmpty() || inside().endsWith(".jar") ? "!/" : "/";
        return this + separator + name + ".class";
    }
}
