// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds what has come in the place of a jar that is gone: {@code a-1.1.jar} for {@code a-1.0.jar}, beside it on disk or
 * within a jar. Lives for one sweep; confined to the take-up thread.
 */
final class Successors {
    private static final String SUFFIX = ".jar";

    private final Archives archives;

    Successors(Archives archives) {
        this.archives = archives;
    }

    /** Whether there is a jar to compare the place with; the sweep tells of one under another name, and of none. */
    boolean settle(Location location, List<Candidate> candidates, Sweep sweep) {
        if (!there(location.place())) {
            List<CodePlace> found = new ArrayList<>();
            for (CodePlace each : beside(location.place())) {
                if (holds(each, candidates)) {
                    found.add(each);
                }
            }
            if (found.size() != 1) {
                lost(location, candidates.size(), found, sweep);
                return false;
            }
            location.move(found.get(0));
        }
        if (location.moved()) {
            sweep.fates.add(
                    location.origin() + " is gone; its classes come from " + name(location.place()) + " beside it");
        }
        return true;
    }

    private static void lost(Location location, int classes, List<CodePlace> found, Sweep sweep) {
        Path folder = location.path().toAbsolutePath().getParent();
        if (classes == 0 || (location.inside().isEmpty() && (folder == null || Stat.of(folder) == null))) {
            sweep.gone += classes;
            return;
        }
        String loaded = classes == 1
                ? "its loaded class stays as it is"
                : "its " + classes + " loaded classes stay as they are";
        if (found.isEmpty()) {
            sweep.fates.add(location + " is gone; " + loaded + "; deploy its successor beside it, or restart");
        } else {
            TreeSet<String> names = new TreeSet<>();
            found.forEach(each -> names.add(name(each)));
            sweep.fates.add(location + " is gone, and " + String.join(", ", names) + " beside it all have its classes; "
                    + loaded + "; leave one of them, or restart");
        }
    }

    private boolean there(CodePlace place) {
        if (archives.stat(place.path()) == null) {
            return false;
        }
        try {
            return place.inside().isEmpty() || archives.of(place.path()).has(place.inside());
        } catch (IOException | RuntimeException e) {
            // The comparison says what is wrong with it.
            return true;
        }
    }

    /** Those of the same artifact in the same folder. */
    private List<CodePlace> beside(CodePlace place) {
        List<CodePlace> found = new ArrayList<>();
        String artifact = artifact(name(place));
        if (place.inside().isEmpty()) {
            Path folder = place.path().toAbsolutePath().getParent();
            File[] files = folder == null ? null : folder.toFile().listFiles();
            for (File each : files == null ? new File[0] : files) {
                if (isJarOf(artifact, each.getName())) {
                    found.add(new CodePlace(each.toPath(), ""));
                }
            }
        } else if (archives.stat(place.path()) == null) {
            for (CodePlace each : beside(new CodePlace(place.path(), ""))) {
                found.add(new CodePlace(each.path(), place.inside()));
            }
        } else {
            nested(place, artifact, found);
        }
        return found;
    }

    private void nested(CodePlace place, String artifact, List<CodePlace> found) {
        String folder = place.inside().substring(0, place.inside().lastIndexOf('/') + 1);
        try {
            for (String each : archives.of(place.path()).entries().keySet()) {
                if (each.startsWith(folder) && isJarOf(artifact, each.substring(folder.length()))) {
                    found.add(new CodePlace(place.path(), each));
                }
            }
        } catch (IOException | RuntimeException e) {
            // As above.
        }
    }

    private static boolean isJarOf(String artifact, String file) {
        return file.endsWith(SUFFIX) && file.indexOf('/') < 0 && artifact(file).equals(artifact);
    }

    /** One that cannot be read may be on its way. */
    private boolean holds(CodePlace place, List<Candidate> candidates) {
        try {
            if (!place.inside().isEmpty() && archives.of(place.path()).entry(place.inside()) == null) {
                return false;
            }
            var classes = archives.at(place).classes();
            return candidates.stream().anyMatch(each -> classes.containsKey(each.name()));
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    private static String name(CodePlace place) {
        String path = place.inside().isEmpty() ? place.path().toString() : place.inside();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** A file's name without what begins with a digit after a hyphen: the version, and a classifier behind it. */
    static String artifact(String file) {
        String name = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
        for (int at = name.indexOf('-'); at >= 0 && at + 1 < name.length(); at = name.indexOf('-', at + 1)) {
            if (Character.isDigit(name.charAt(at + 1))) {
                return name.substring(0, at);
            }
        }
        return name;
    }
}
