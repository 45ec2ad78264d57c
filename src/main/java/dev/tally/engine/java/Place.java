package dev.tally.engine.java;

import dev.tally.kernel.image.BlockedShape;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Border;
import dev.tally.kernel.image.Planes;
import dev.tally.kernel.memory.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory for one tensor, or some blocks of another place: what is concatenated is written where it stays. It is planned
 * first, with when it is used, and then given a buffer.
 */
final class Place {
    /** Before the first task. */
    static final int BEFORE = -1;

    /** After the last task. */
    static final int AFTER = Integer.MAX_VALUE;

    private final long floats;
    private final @Nullable BlockedShape shape;
    private Border border = Border.NONE;
    private @Nullable Place whole;
    private int firstBlock;
    private int begin = AFTER;
    private int end = BEFORE;
    private @Nullable Buffer buffer;

    private Place(long floats, @Nullable BlockedShape shape) {
        this.floats = floats;
        this.shape = shape;
    }

    /** {@return a place for so many floats} */
    static Place ofPlanes(long floats) {
        return new Place(floats, null);
    }

    /** {@return a place for images in blocks of channels} */
    static Place ofBlocks(BlockedShape shape) {
        return new Place(0, shape);
    }

    /** {@return whether it is for images in blocks of channels} */
    boolean isImages() {
        return shape != null;
    }

    /** {@return the sizes of the images, without the border that they get} */
    BlockedShape images() {
        if (shape == null) {
            throw new IllegalStateException("planes were planned");
        }
        return shape;
    }

    /** {@return the place that has this one, or itself} */
    Place root() {
        Place place = this;
        while (place.whole != null) {
            place = place.whole;
        }
        return place;
    }

    /** {@return whether it is a part of another} */
    boolean isPart() {
        return whole != null;
    }

    /** Makes it some blocks of another. */
    void becomePartOf(Place other, int block) {
        whole = other;
        firstBlock = block;
        other.needs(border);
    }

    /** {@return whether it has something in common with another one: one of them is, or is a part of, the other} */
    boolean overlaps(Place other) {
        return isWithin(other) || other.isWithin(this);
    }

    private boolean isWithin(Place other) {
        Place place = this;
        while (place != other && place.whole != null) {
            place = place.whole;
        }
        return place == other;
    }

    /** Notes that taps read zeros around the images. */
    void needs(Border more) {
        Place root = root();
        root.border = root.border.or(more);
    }

    /** Notes that it is used from one moment to another. */
    void isUsed(int from, int to) {
        Place root = root();
        root.begin = Math.min(root.begin, from);
        root.end = Math.max(root.end, to);
    }

    /** {@return when it is used first} */
    int begin() {
        return begin;
    }

    /** {@return when it is used last} */
    int end() {
        return end;
    }

    /** {@return the sizes of the images with their border} */
    BlockedShape bordered() {
        return images().with(border);
    }

    /** {@return how many floats it takes} */
    long size() {
        return shape == null ? floats : shape.with(border).floats();
    }

    /** {@return the zeros around its images, known when all is planned} */
    Border border() {
        return root().border;
    }

    /** {@return whether there are zeros around its images} */
    boolean hasBorder() {
        return !border.equals(Border.NONE);
    }

    /** Gives it memory. */
    void give(Buffer memory) {
        buffer = memory;
    }

    /** {@return its memory, from its first float on} */
    Buffer buffer() {
        Buffer own = root().buffer;
        if (own == null) {
            throw new IllegalStateException("no memory was given");
        }
        return own;
    }

    /** {@return the planes} */
    Planes planes() {
        return new Planes(buffer());
    }

    /** {@return the images in blocks} */
    Blocks blocks() {
        Place root = root();
        Blocks all = root.images().with(root.border).in(buffer());
        int first = 0;
        for (Place place = this; place.whole != null; place = place.whole) {
            first += place.firstBlock;
        }
        return all.part(first, images().channels());
    }
}
