// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Detached;
import io.reloader.lower.Homes;
import io.reloader.lower.Type;
import io.reloader.lower.Types;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * Links classes that are loaded after a reload, and that it did not know of, to the members that it has added. Loads no
 * class and asks no class loader. Any thread that loads a class.
 */
final class Latecomers {
    private final LoaderTables tables;

    Latecomers(LoaderTables tables) {
        this.tables = tables;
    }

    /** Null if the class names no member that was added. */
    @Nullable
    Version of(ClassLoader loader, byte[] bytes) {
        boolean any = false;
        for (ClassLoader each = loader; each != null && !any; each = each.getParent()) {
            any = tables.of(each).added().names(bytes);
        }
        if (!any) {
            return null;
        }
        byte[] linked = Detached.of(bytes, new Seen(loader), false);
        return Version.first(bytes).shaped(linked);
    }

    /** The classes that run, as their files or the last reload have them; null for those of the JDK. */
    private final class Seen extends Types {
        private final ClassLoader loader;
        private final Map<String, @Nullable Type> known = new HashMap<>();

        Seen(ClassLoader loader) {
            this.loader = loader;
        }

        @Override
        public @Nullable Type find(String name) {
            return known.computeIfAbsent(name, this::look);
        }

        private @Nullable Type look(String name) {
            for (ClassLoader each = loader; each != null; each = each.getParent()) {
                LoaderTable table = tables.of(each);
                try {
                    byte[] bytes = table.bytes(name);
                    if (bytes != null) {
                        Shape shape = Shape.of(bytes, new Shape.Origin(each, null, false));
                        return LoweredTypes.type(
                                shape, shape, table, table.added().homes(name), false);
                    }
                } catch (IOException | RuntimeException e) {
                    return null;
                }
            }
            return null;
        }
    }

    /** What the classes of one class loader have had added, as far as it is applied. Immutable. */
    static final class Added {
        static final Added NOTHING = new Added(Map.of());

        private final Map<String, Homes> homes;

        /** By name and type, constructors by their class before these: each class has some. */
        private final Set<String> members = new HashSet<>();

        Added(Map<String, Homes> homes) {
            this.homes = Map.copyOf(homes);
            homes.forEach((owner, each) ->
                    each.members().forEach(key -> members.add(key.startsWith("<init>") ? owner + key : key)));
        }

        Homes homes(String name) {
            return homes.getOrDefault(name, Homes.NONE);
        }

        /** Whether a class refers to a member of the name and type of one of these. */
        boolean names(byte[] bytes) {
            if (members.isEmpty()) {
                return false;
            }
            ClassReader reader = new ClassReader(bytes);
            char[] buffer = new char[reader.getMaxStringLength()];
            for (int i = 1; i < reader.getItemCount(); i++) {
                int at = reader.getItem(i);
                if (at > 0 && members.contains(name(reader, at, buffer))) {
                    return true;
                }
            }
            return false;
        }

        /** A name and a type (JVMS 4.4.6), or a constructor among the methods (4.4.2); otherwise empty. */
        private static String name(ClassReader reader, int at, char[] buffer) {
            int tag = reader.readByte(at - 1);
            if (tag == 12) {
                return reader.readUTF8(at, buffer) + reader.readUTF8(at + 2, buffer);
            }
            String name = tag == 10 ? name(reader, reader.getItem(reader.readUnsignedShort(at + 2)), buffer) : "";
            return name.startsWith("<init>") ? reader.readClass(at, buffer) + name : "";
        }
    }
}
