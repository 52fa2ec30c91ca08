// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A directory or jar whose classes win over those of the same name, wherever and in however many class loaders these
 * are deployed. Asked by every thread that loads a class, changed by the take-up thread.
 */
public final class Overlay {
    private static final int FEATURE = Runtime.version().feature();

    private final Path path;

    /** What classes get that are loaded from here on. Written on the start-up path and by the take-up thread. */
    private volatile Map<String, Laid> laid = Map.of();

    /**
     * What a class gets from here.
     *
     * @param version null if it was rolled back to what is deployed
     * @param crc of the file that stands for it
     */
    record Laid(@Nullable Version version, int crc) {
        static Laid of(byte[] bytes) {
            return new Laid(Version.first(bytes), Checksum.of(bytes));
        }
    }

    public Overlay(Path path) {
        this.path = path;
    }

    /** Lays what is there now over the classes to come; on the start-up path, the fault if it cannot be used. */
    public @Nullable String begin() {
        try {
            Map<String, Laid> next = new HashMap<>();
            for (var each : OverlayFiles.read(path).entrySet()) {
                check(each.getKey(), each.getValue().bytes());
                next.put(each.getKey(), Laid.of(each.getValue().bytes()));
            }
            laid = next;
            return null;
        } catch (IOException e) {
            return fault(e) + "; nothing is laid over the deployed classes";
        }
    }

    @Nullable
    Laid laid(String name) {
        return laid.get(name);
    }

    Map<String, Laid> laid() {
        return laid;
    }

    /** Compares the loaded classes that it has, or had, and hides the deployed ones from the sweep. */
    void look(Collection<List<Candidate>> places, Sweep sweep) {
        try {
            Map<String, OverlayFiles.Found> found = OverlayFiles.read(path);
            for (var each : found.entrySet()) {
                check(each.getKey(), each.getValue().bytes());
                sweep.overlay.put(each.getKey(), each.getValue().bytes());
                Laid before = laid.get(each.getKey());
                if (before == null
                        || before.crc() != Checksum.of(each.getValue().bytes())) {
                    sweep.source(each.getValue().file(), each.getValue().stat());
                }
            }
            places.forEach(place -> place.forEach(candidate -> look(candidate, sweep)));
        } catch (IOException e) {
            sweep.faults.add(fault(e));
        }
    }

    private static void look(Candidate candidate, Sweep sweep) {
        byte[] bytes = sweep.overlay.get(candidate.name());
        if (bytes == null) {
            return;
        }
        candidate.table().overlaid(candidate.name());
        Live live = candidate.live();
        if (live == null || live.crc() != Checksum.of(bytes)) {
            sweep.loaded.add(new Change(candidate, bytes, null));
        }
    }

    /** The sweep is applied. */
    void publish(Sweep sweep) {
        Map<String, Laid> next = new HashMap<>();
        sweep.overlay.forEach((name, bytes) -> {
            Laid before = laid.get(name);
            next.put(name, before != null && before.crc() == Checksum.of(bytes) ? before : Laid.of(bytes));
        });
        laid = next;
    }

    /** Lays over the classes to come what was laid then, as far as their files are those of today. */
    void putBack(Map<String, Laid> then) {
        Map<String, Laid> next = new HashMap<>();
        laid.forEach((name, now) -> {
            Laid was = then.get(name);
            next.put(name, new Laid(was == null ? null : was.version(), now.crc()));
        });
        laid = next;
    }

    private static void check(String name, byte[] bytes) throws ClassFile.Damaged {
        String words = "";
        try {
            String holds = ClassFile.of(bytes, FEATURE).name();
            words = holds.equals(name) ? "" : "holds the class " + Names.type(holds);
        } catch (ClassFile.Damaged e) {
            words = String.valueOf(e.getMessage());
        }
        if (!words.isEmpty()) {
            throw new ClassFile.Damaged(name + ".class " + words + "; build and deploy it again");
        }
    }

    private String fault(IOException e) {
        return "overlay=" + path + " is refused: " + (e instanceof ClassFile.Damaged ? e.getMessage() : e);
    }
}
