// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;
import org.jspecify.annotations.Nullable;

/**
 * What records of one kind look like to a JMX client: as data that it reads without a class of ours.
 *
 * @param <T> the kind
 */
final class Shape<T> {
    static final ArrayType<?> TEXTS = array(SimpleType.STRING);

    private final List<Field<T>> fields;
    private final CompositeType type;

    /**
     * @param <T> what it is a field of
     * @param doc what it is, one sentence without a full stop
     */
    record Field<T>(String name, String doc, OpenType<?> type, Function<T, @Nullable Object> value) {}

    Shape(String name, String doc, List<Field<T>> fields) {
        this.fields = List.copyOf(fields);
        try {
            type = new CompositeType(
                    name,
                    doc,
                    fields.stream().map(Field::name).toArray(String[]::new),
                    fields.stream().map(Field::doc).toArray(String[]::new),
                    fields.stream().map(Field::type).toArray(OpenType<?>[]::new));
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    CompositeType type() {
        return type;
    }

    CompositeData data(T source) {
        String[] names = fields.stream().map(Field::name).toArray(String[]::new);
        Object[] values =
                fields.stream().map(field -> field.value().apply(source)).toArray();
        try {
            return new CompositeDataSupport(type, names, values);
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    CompositeData[] all(Collection<T> sources) {
        return sources.stream().map(this::data).toArray(CompositeData[]::new);
    }

    static String[] texts(Collection<String> values) {
        return values.toArray(String[]::new);
    }

    static ArrayType<?> array(OpenType<?> element) {
        try {
            return new ArrayType<>(1, element);
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As MXBeans have maps: rows of {@code key} and {@code value}. */
    static <K, V> TabularType map(Class<K> key, OpenType<K> keys, Class<V> value, OpenType<V> values) {
        String name = "java.util.Map<" + key.getName() + ", " + value.getName() + ">";
        String[] items = {"key", "value"};
        try {
            CompositeType row = new CompositeType(name, name, items, items, new OpenType<?>[] {keys, values});
            return new TabularType(name, name, row, new String[] {"key"});
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    static TabularData rows(TabularType type, Map<?, ?> entries) {
        TabularDataSupport rows = new TabularDataSupport(type);
        entries.forEach((key, value) -> {
            try {
                rows.put(new CompositeDataSupport(type.getRowType(), Map.of("key", key, "value", value)));
            } catch (OpenDataException e) {
                throw new IllegalStateException(e);
            }
        });
        return rows;
    }
}
