package dev.tally.engine.java;

import org.jspecify.annotations.Nullable;

/** Where a tensor is: in planes, in blocks of channels, or both. */
final class Value {
    private @Nullable Place planes;
    private @Nullable Place blocks;

    private Value(@Nullable Place planes, @Nullable Place blocks) {
        this.planes = planes;
        this.blocks = blocks;
    }

    static Value ofPlanes(Place planes) {
        return new Value(planes, null);
    }

    static Value ofBlocks(Place blocks) {
        return new Value(null, blocks);
    }

    @Nullable
    Place planes() {
        return planes;
    }

    @Nullable
    Place blocks() {
        return blocks;
    }

    void planes(Place place) {
        planes = place;
    }

    void blocks(Place place) {
        blocks = place;
    }
}
