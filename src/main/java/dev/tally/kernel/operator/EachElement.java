package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;

/** A function of each element: an activation, or a scale and a shift of each channel. */
public final class EachElement implements Operator {
    private final Buffer input;
    private final Buffer output;
    private final int channels;
    private final long plane;
    private final int chunksOfPlane;
    private final int items;
    private final Function function;
    private final Pool pool;
    private final float[][] scratch;

    /**
     * A function of each element.
     *
     * @param planes how many planes of a channel there are, of all samples
     * @param channels of a sample; the planes are theirs in turn
     * @param plane elements of a plane
     */
    public EachElement(
            Buffer input, Buffer output, long planes, int channels, long plane, Function function, Pool pool) {
        this.input = input;
        this.output = output;
        this.channels = channels;
        this.plane = plane;
        this.chunksOfPlane = Floats.chunks(plane);
        this.items = Math.toIntExact(planes * chunksOfPlane);
        this.function = function;
        this.pool = pool;
        this.scratch = Floats.forEachWorker(pool, (int) Math.min(plane, Floats.CHUNK));
    }

    @Override
    public void run() {
        pool.run(items, this::item);
    }

    private void item(int item, int worker) {
        int at = item / chunksOfPlane;
        int chunk = item % chunksOfPlane;
        int count = Floats.sizeOf(chunk, plane);
        long first = at * plane + (long) chunk * Floats.CHUNK;
        float[] numbers = scratch[worker];
        Floats.read(input, first, numbers, count);
        function.apply(numbers, count, at % channels);
        Floats.write(numbers, count, output, first);
    }
}
