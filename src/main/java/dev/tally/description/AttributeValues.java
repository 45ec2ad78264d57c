package dev.tally.description;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a layer's attributes, by attribute. */
public final class AttributeValues {
    private final List<Attribute<?>> attributes;
    private final @Nullable Object[] values;

    AttributeValues(List<Attribute<?>> attributes) {
        this.attributes = attributes;
        this.values = new Object[attributes.size()];
    }

    /** {@return the value of an attribute that always has one: given, or by default} */
    <T> T get(Attribute<T> attribute) {
        T value = find(attribute);
        if (value == null) {
            throw new IllegalStateException("the attribute " + attribute.name() + " has no value");
        }
        return value;
    }

    /** {@return the value of an attribute, given or by default, or null} */
    @SuppressWarnings("unchecked") // put() took it for this attribute
    <T> @Nullable T find(Attribute<T> attribute) {
        Object value = values[indexOf(attribute)];
        return value == null ? attribute.defaultValue() : (T) value;
    }

    <T> AttributeValues put(Attribute<T> attribute, T value) {
        values[indexOf(attribute)] = value;
        return this;
    }

    void put(int index, Object value) {
        values[index] = value;
    }

    /** {@return the values that were put, in the attributes' order; null where none was} */
    List<@Nullable Object> all() {
        return Arrays.asList(values);
    }

    /** {@return the value of an attribute if one was put and differs from the default, or null} */
    <T> @Nullable T given(Attribute<T> attribute) {
        T value = find(attribute);
        return value == null || value.equals(attribute.defaultValue()) ? null : value;
    }

    /** {@return whether the layer's type has the attribute} */
    boolean has(Attribute<?> attribute) {
        return find(attributes, attribute) >= 0;
    }

    private int indexOf(Attribute<?> attribute) {
        int index = find(attributes, attribute);
        if (index < 0) {
            throw new IllegalArgumentException("this layer type has no attribute " + attribute.name());
        }
        return index;
    }

    @SuppressWarnings("ReferenceEquality") // attributes are constants of one table
    private static int find(List<Attribute<?>> attributes, Attribute<?> attribute) {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i) == attribute) {
                return i;
            }
        }
        return -1;
    }
}
