// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Provision;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that is loaded, remembers what its file was, and hands out the bytes of the classes that were
 * taken up: at load, and whenever anyone retransforms them. Registered as capable of retransformation, so that
 * HotSpot 17 asks again rather than fall back on bytes that it kept. Runs on every thread that loads a class.
 */
public final class LiveClasses implements ClassFileTransformer {
    private static final String ENTRY = "io/reloader/";

    /** In unit tests ours, too. */
    private static final ClassLoader APPLICATION = ClassLoader.getSystemClassLoader();

    private final @Nullable ClassLoader own = LiveClasses.class.getClassLoader();
    private final ClassLoader platform = ClassLoader.getPlatformClassLoader();
    private final LoaderTables tables = new LoaderTables();
    private final Latecomers latecomers = new Latecomers(tables);

    /** Written by the take-up thread. */
    private volatile @Nullable Pass pass;

    /** Written on the start-up path, before any class of the application is loaded, or by an attach. */
    private volatile @Nullable Overlay overlay;

    /** As above; null if nothing is lowered. */
    private volatile @Nullable Provisioning provisioning;

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> type,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader == null || loader == platform || ours(loader) || name == null) {
            return null;
        }
        try {
            byte[] next = type == null ? loading(loader, name, domain, bytes) : again(loader, name, type, bytes);
            return provided(tables.of(loader), name, type, next, bytes);
        } catch (Throwable e) {
            return null;
        }
    }

    /** With what a class gets when it is loaded, and must have from then on. */
    private byte @Nullable [] provided(
            LoaderTable table, String name, @Nullable Class<?> type, byte @Nullable [] next, byte[] bytes) {
        byte[] whole = next == null ? bytes : next;
        if (type == null && !provide(table, name, whole)) {
            return next;
        }
        Provision provision = type == null ? table.provision(name) : table.provision(type);
        return provision.equals(Provision.NONE) ? next : provision.in(whole);
    }

    /** Whether it is known what a class is to get that is being loaded; one that cannot be read gets nothing. */
    private boolean provide(LoaderTable table, String name, byte[] bytes) {
        Live known = table.get(name);
        Provisioning choice = provisioning;
        try {
            if (choice != null && known != null) {
                Provision provision = choice.of(name, bytes, known.location());
                table.provide(name, provision);
            }
            return choice != null && known != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private byte @Nullable [] loading(
            ClassLoader loader, String name, @Nullable ProtectionDomain domain, byte[] bytes) {
        if (Companions.is(name)) {
            return null;
        }
        LoaderTable table = tables.of(loader);
        Live known = table.get(name);
        Location location = known == null || !known.loaded() ? table.location(Location.source(domain)) : null;
        if (known != null && location != null && known.location() != location) {
            // Taken up for another place, which this one hides.
            table.remove(name, known);
            known = table.get(name);
        }
        if (known == null) {
            if (location == null || entry(name)) {
                return null;
            }
            known = table.putIfAbsent(name, Live.asLoaded(location, Checksum.of(bytes)));
        }
        if (overlay != null) {
            known = laid(table, name, known == null ? table.get(name) : known);
        }
        known = linked(loader, table, name, bytes, known == null ? table.get(name) : known);
        // Replaced under us: it was taken up between the two lines.
        while (known != null && !known.loaded() && !table.replace(name, known, known.asked())) {
            known = table.get(name);
        }
        return known == null || known.version() == null
                ? null
                : known.version().current().clone();
    }

    /** What is known of a class that no reload has changed, with its links to what reloads have added to others. */
    private @Nullable Live linked(
            ClassLoader loader, LoaderTable table, String name, byte[] bytes, @Nullable Live known) {
        Version version = known == null || known.version() != null ? null : latecomers.of(loader, bytes);
        if (known == null || version == null) {
            return known;
        }
        Live next = known.with(version);
        return table.replace(name, known, next) ? next : table.get(name);
    }

    /** What this class gets from the overlay, else what is known of it. */
    private @Nullable Live laid(LoaderTable table, String name, @Nullable Live known) {
        Overlay all = overlay;
        Overlay.Laid laid = all == null ? null : all.laid(name);
        if (laid == null || known == null) {
            return known;
        }
        Live next = new Live(known.location(), laid.crc(), null, laid.version(), true, null);
        table.overlaid(name);
        table.put(name, next);
        return next;
    }

    private byte @Nullable [] again(ClassLoader loader, String name, Class<?> type, byte[] bytes) {
        // Ask first, then look: a batch that notes this call before it is published repairs what the call returns,
        // and a call that comes later finds the published bytes.
        Pass wanted = pass;
        byte[] next = wanted == null ? null : wanted.asked(type, bytes);
        if (next != null) {
            return next.clone();
        }
        Live known = tables.of(loader).get(name);
        return known == null || known.version() == null
                ? null
                : known.version().current().clone();
    }

    /** Whether this loaded class may be one of the application's. */
    boolean watches(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader != null
                && loader != platform
                && !ours(loader)
                && !type.isArray()
                && !type.isHidden()
                && !Companions.is(type.getName());
    }

    /** Our own loader, or one that a library of ours made for itself. */
    private boolean ours(ClassLoader loader) {
        return loader == own
                || (own != null && own != APPLICATION && loader.getClass().getClassLoader() == own);
    }

    /** The agent's own entry classes, which the application's loader has. */
    static boolean entry(String name) {
        return name.startsWith(ENTRY) && name.indexOf('/', ENTRY.length()) < 0;
    }

    /** Before the first class of the application is loaded. */
    public void provide(Provisioning choice) {
        provisioning = choice;
    }

    /** Before the first class that it may have is loaded. */
    public void overlay(Overlay next) {
        overlay = next;
    }

    @Nullable
    Overlay overlay() {
        return overlay;
    }

    LoaderTables tables() {
        return tables;
    }

    void pass(@Nullable Pass next) {
        pass = next;
    }
}
