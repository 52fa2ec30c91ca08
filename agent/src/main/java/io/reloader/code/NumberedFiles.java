// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The anonymous and local classes of one class, as its directory has them now; those that are known to be loaded are left out. */
final class NumberedFiles {
    private static final String SUFFIX = ".class";

    private NumberedFiles() {}

    /** By internal name, those beside this one; what cannot be read is left out. */
    static Map<String, byte[]> beside(Candidate of) {
        Map<String, byte[]> all = new TreeMap<>();
        int outer = of.name().lastIndexOf('$') + 1;
        int start = of.name().lastIndexOf('/') + 1;
        Path folder = of.location().path().resolve(of.name().substring(0, start));
        String glob = of.name().substring(start, outer).replaceAll("[\\[\\]{}*?\\\\]", "?") + "[0-9]*" + SUFFIX;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            for (Path each : files) {
                String file = each.getFileName().toString();
                String name = of.name().substring(0, start) + file.substring(0, file.length() - SUFFIX.length());
                Live known = of.table().get(name);
                if (Renumbered.isNumbered(name) && (known == null || !known.loaded())) {
                    all.put(name, Files.readAllBytes(each));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Deleted meanwhile: then it is not what a class is renumbered to.
        }
        return all;
    }
}
