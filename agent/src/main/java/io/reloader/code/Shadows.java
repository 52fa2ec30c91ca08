// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of several places of one class loader a class comes from: the one that is searched first, as far as the loader
 * tells. Lives for one sweep; runs on the take-up thread.
 */
final class Shadows {
    private static final String SUFFIX = ".class";

    private final Map<Location, List<Candidate>> places;
    private final IdentityHashMap<LoaderTable, Map<String, Candidate>> loaded = new IdentityHashMap<>();
    private final IdentityHashMap<LoaderTable, List<CodePlace>> paths = new IdentityHashMap<>();

    /** With their place in the path. */
    private final IdentityHashMap<LoaderTable, Map<Path, Integer>> directories = new IdentityHashMap<>();

    /** By directory and folder in it, the files that are there. */
    private final Map<Path, Map<String, Set<String>>> folders = new HashMap<>();

    Shadows(Map<Location, List<Candidate>> places) {
        this.places = places;
    }

    /** Gives classes to the directory that has a file for them now and is searched before the place they came from. */
    void move() {
        for (Location location : List.copyOf(places.keySet())) {
            List<Candidate> here = places.getOrDefault(location, List.of());
            List<Path> directories = here.isEmpty() ? List.of() : before(here.get(0));
            for (Candidate each : directories.isEmpty() ? List.<Candidate>of() : List.copyOf(here)) {
                Location earlier = each.overlaid() ? null : earlier(each, directories);
                if (earlier != null) {
                    here.remove(each);
                    places.computeIfAbsent(earlier, place -> new ArrayList<>())
                            .add(new Candidate(each.table(), each.name(), earlier, each.type(), each.live()));
                }
            }
        }
    }

    /** The directories that are searched before the place of a class. */
    private List<Path> before(Candidate candidate) {
        List<CodePlace> path = path(candidate.table());
        int own = path.indexOf(candidate.location().origin());
        List<Path> earlier = new ArrayList<>();
        directories
                .computeIfAbsent(candidate.table(), table -> directories(path))
                .forEach((directory, index) -> {
                    if (own < 0 || index < own) {
                        earlier.add(directory);
                    }
                });
        return earlier;
    }

    private static Map<Path, Integer> directories(List<CodePlace> path) {
        Map<Path, Integer> directories = new LinkedHashMap<>();
        for (CodePlace each : path) {
            if (each.inside().isEmpty() && Files.isDirectory(each.path())) {
                directories.putIfAbsent(each.path(), path.indexOf(each));
            }
        }
        return directories;
    }

    private @Nullable Location earlier(Candidate candidate, List<Path> directories) {
        String name = candidate.name();
        int end = name.lastIndexOf('/') + 1;
        for (Path each : directories) {
            boolean has = folders.computeIfAbsent(each, path -> new HashMap<>())
                    .computeIfAbsent(name.substring(0, end), folder -> files(each, folder))
                    .contains(name.substring(end) + SUFFIX);
            if (has && new CodePlace(each, "").equals(found(candidate.table(), name))) {
                return location(candidate.table(), each);
            }
        }
        return null;
    }

    private static @Nullable Location location(LoaderTable table, Path directory) {
        try {
            return table.location(directory.toUri().toURL());
        } catch (MalformedURLException e) {
            return null;
        }
    }

    private static Set<String> files(Path directory, String folder) {
        String[] names = directory.resolve(folder).toFile().list();
        return names == null ? Set.of() : Set.of(names);
    }

    /** The loaded class of this name, wherever the loader has it from. */
    @Nullable
    Candidate loaded(LoaderTable table, String name) {
        Map<String, Candidate> known = loaded.get(table);
        if (known == null) {
            Map<String, Candidate> all = new HashMap<>();
            places.values()
                    .forEach(list -> list.stream()
                            .filter(each -> each.table() == table)
                            .forEach(each -> all.put(each.name(), each)));
            loaded.put(table, all);
            known = all;
        }
        return known.get(name);
    }

    /** Whether the loader looks into the one place before the other; false, too, if it does not tell. */
    boolean before(LoaderTable table, Location one, Location other) {
        List<CodePlace> path = path(table);
        int first = path.indexOf(one.origin());
        return first >= 0 && first < path.indexOf(other.origin());
    }

    /** Whether the loader would take a class that it has not loaded yet from another place. */
    boolean hidden(LoaderTable table, String name, Location location) {
        CodePlace found = found(table, name);
        return found != null && !found.equals(location.origin()) && !found.equals(location.place());
    }

    /** Whether the loader finds a class that has just come here by itself: here, or in a place that is searched earlier. */
    boolean finds(LoaderTable table, String name, Location location) {
        CodePlace found = found(table, name);
        List<CodePlace> path = path(table);
        int here = path.indexOf(location.origin());
        return found != null && (here < 0 || here >= path.indexOf(found)) && reads(table, name);
    }

    /** Whether the loader has no such class, though it shows the class files that it has. */
    boolean misses(Candidate loaded, String name) {
        return found(loaded.table(), loaded.name()) != null && !reads(loaded.table(), name);
    }

    /** Jetty names a class file of the new WAR, but reads from the old one, which has none. */
    private static boolean reads(LoaderTable table, String name) {
        ClassLoader loader = table.loader();
        try (InputStream in = loader == null ? null : loader.getResourceAsStream(name + SUFFIX)) {
            return in != null;
        } catch (IOException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    private static @Nullable CodePlace found(LoaderTable table, String name) {
        ClassLoader loader = table.loader();
        try {
            URL url = loader == null ? null : loader.getResource(name + SUFFIX);
            return url == null ? null : CodePlace.holding(url, name + SUFFIX);
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }

    private List<CodePlace> path(LoaderTable table) {
        return paths.computeIfAbsent(table, Shadows::read);
    }

    private static List<CodePlace> read(LoaderTable table) {
        ClassLoader loader = table.loader();
        List<CodePlace> path = new ArrayList<>();
        try {
            if (loader == ClassLoader.getSystemClassLoader()) {
                for (String each : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
                    path.add(new CodePlace(Path.of(each).toAbsolutePath(), ""));
                }
            } else if (loader instanceof URLClassLoader urls) {
                for (URL each : urls.getURLs()) {
                    path.add(Objects.requireNonNullElse(CodePlace.of(each), new CodePlace(Path.of(""), "-")));
                }
            }
        } catch (RuntimeException | LinkageError e) {
            return List.of();
        }
        return path;
    }
}
