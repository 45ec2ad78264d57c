package dev.tally.engine.java;

import dev.tally.kernel.image.BlockedShape;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Border;
import dev.tally.kernel.image.Planes;
import dev.tally.kernel.memory.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory for one tensor, or some blocks of another place: what is concatenated is written where it stays. It is planned
 * first, with when it is written and read, and then given a buffer.
 */
final class Place {
    /** That it is read after each run. */
    static final int ALWAYS = Integer.MAX_VALUE;

    private final long floats;
    private final @Nullable BlockedShape shape;
    private Border border = Border.NONE;
    private @Nullable Place whole;
    private int firstBlock;
    private int begin = ALWAYS;
    private int end = -1;
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
        other.root().include(border, begin, end);
    }

    private void include(Border more, int from, int to) {
        border = border.or(more);
        begin = Math.min(begin, from);
        end = Math.max(end, to);
    }

    /** Notes that taps read zeros around the images. */
    void needs(Border more) {
        root().include(more, ALWAYS, -1);
    }

    /** Notes that a task writes or reads it. */
    void usedBy(int task) {
        root().include(Border.NONE, task, task);
    }

    /** Notes that it is written before the first task, or read after the last. */
    void usedOutside(boolean before) {
        root().include(Border.NONE, before ? -1 : ALWAYS, ALWAYS);
    }

    /** {@return the first task that uses it; -1 for before} */
    int begin() {
        return begin;
    }

    /** {@return the last task that uses it} */
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
