package dev.tally.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of a tensor's axes without the batch, outermost first. One to {@value #MAX_RANK} axes, each of at least one
 * element, at most 2^63-1 elements in all.
 */
public final class Shape {
    /** The most axes that a shape may have. */
    public static final int MAX_RANK = 8;

    private final int[] sizes;
    private final long elements;

    private Shape(int[] sizes) {
        if (sizes.length < 1 || sizes.length > MAX_RANK) {
            throw new InvalidLayerException("", "expected 1 to " + MAX_RANK + " axes, got " + sizes.length);
        }
        long product = 1;
        for (int size : sizes) {
            if (size < 1) {
                throw new InvalidLayerException(
                        "", "expected every axis of " + text(sizes) + " to be at least 1, got " + size);
            }
            if (Math.multiplyHigh(product, size) != 0 || product * size < 0) {
                throw new InvalidLayerException("", text(sizes) + " has more than 2^63-1 elements");
            }
            product *= size;
        }
        this.sizes = sizes;
        this.elements = product;
    }

    /**
     * {@return the shape with these sizes}
     *
     * @throws InvalidLayerException if there are too few or too many axes, one is below 1, or the elements overflow
     */
    public static Shape of(int... sizes) {
        return new Shape(sizes.clone());
    }

    /** {@return the number of axes} */
    public int rank() {
        return sizes.length;
    }

    /** {@return the size of an axis} */
    public int size(int axis) {
        return sizes[axis];
    }

    /** {@return the number of elements of one sample: the product of the sizes} */
    public long elements() {
        return elements;
    }

    /**
     * {@return this shape with the size of one axis replaced}
     *
     * @throws InvalidLayerException if the size is below 1, or the elements overflow
     */
    public Shape with(int axis, int size) {
        int[] changed = sizes.clone();
        changed[axis] = size;
        return new Shape(changed);
    }

    /** {@return this shape with one axis more, the last} */
    Shape append(int size) {
        int[] longer = Arrays.copyOf(sizes, sizes.length + 1);
        longer[sizes.length] = size;
        return new Shape(longer);
    }

    /** {@return the shape of the axes from one on} */
    Shape from(int axis) {
        return new Shape(Arrays.copyOfRange(sizes, axis, sizes.length));
    }

    /** {@return the product of the sizes of the axes before one} */
    public long elementsBefore(int axis) {
        long product = 1;
        for (int i = 0; i < axis; i++) {
            product *= sizes[i];
        }
        return product;
    }

    /**
     * {@return the shape to which both are stretched: aligned at the last axis, sizes that are 1 or missing are
     * repeated (NumPy broadcasting); null where two sizes differ and neither is 1}
     */
    @Nullable
    Shape broadcast(Shape other) {
        if (equals(other)) {
            return this;
        }
        int[] stretched = (rank() >= other.rank() ? sizes : other.sizes).clone();
        for (int back = 1; back <= Math.min(rank(), other.rank()); back++) {
            int mine = sizes[rank() - back];
            int its = other.sizes[other.rank() - back];
            if (mine != its && mine != 1 && its != 1) {
                return null;
            }
            stretched[stretched.length - back] = mine == 1 ? its : mine;
        }
        return new Shape(stretched);
    }

    /** {@return the sizes as a list} */
    public List<Integer> sizes() {
        List<Integer> list = new ArrayList<>(sizes.length);
        for (int size : sizes) {
            list.add(size);
        }
        return Collections.unmodifiableList(list);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(sizes, that.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** {@return the sizes as people write them: {@code 28×28×192}} */
    @Override
    public String toString() {
        return text(sizes);
    }

    private static String text(int[] sizes) {
        StringBuilder text = new StringBuilder();
        for (int size : sizes) {
            text.append(text.isEmpty() ? "" : "×").append(size);
        }
        return text.toString();
    }
}
