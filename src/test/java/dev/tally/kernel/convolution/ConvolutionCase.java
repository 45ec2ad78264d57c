package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.BlockedShape;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Border;
import dev.tally.kernel.image.Planes;
import dev.tally.kernel.image.Rescaling;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A convolution with made-up numbers, and what comes of it by the definition, in double precision. */
final class ConvolutionCase {
    private final Geometry geometry;
    private final Rectifier rectifier;
    private final boolean bias;
    private final float[] input;
    private final float[] weights;
    private final float[] biases;

    ConvolutionCase(Geometry geometry, Rectifier rectifier, boolean bias, long seed) {
        this.geometry = geometry;
        this.rectifier = rectifier;
        this.bias = bias;
        SplittableRandom random = new SplittableRandom(seed);
        this.input = numbers(random, geometry.inputElements());
        this.weights = numbers(random, geometry.weightElements());
        this.biases = numbers(random, geometry.oc());
    }

    private static float[] numbers(SplittableRandom random, long count) {
        float[] numbers = new float[Math.toIntExact(count)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    /** {@return how many products a sum has at most} */
    double reduction() {
        return (double) geometry.groupIc() * geometry.taps();
    }

    /** {@return the largest error of an algorithm relative to the largest number expected} */
    double error(ConvolutionAlgorithm algorithm, int lanes, Access access, int threads, int runs) {
        double[] expected = expected();
        try (Workspace workspace = new Workspace(access);
                Pool pool = new Pool(threads, Thread.ofPlatform().daemon()::unstarted)) {
            Buffer output = workspace.allocate(expected.length);
            Operands operands = new Operands(
                    buffer(workspace, input),
                    buffer(workspace, weights),
                    bias ? buffer(workspace, biases) : null,
                    output);
            ConvolutionPlan plan =
                    algorithm.plan(geometry, operands, rectifier, new Setting(lanes, 32, pool, workspace));
            for (int run = 0; run < runs; run++) {
                for (int i = 0; i < expected.length; i++) {
                    output.set(i, Float.NaN);
                }
                plan.run();
            }
            double largest = 1e-30;
            double error = 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i]));
                double difference = Math.abs(expected[i] - output.get(i));
                // A NaN is no number that was missed by little.
                error = Math.max(error, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
            }
            return error / largest;
        }
    }

    /**
     * {@return the same error where images are in blocks of channels}
     *
     * @param fromPlanes whether the input is in planes nevertheless
     * @param adds whether other images are added to the sums
     * @param rescales whether the input is halved, moved by one and rectified before
     */
    double errorInBlocks(
            ConvolutionAlgorithm algorithm,
            int lanes,
            Access access,
            int threads,
            boolean fromPlanes,
            boolean adds,
            boolean rescales) {
        float[] residual = adds ? numbers(new SplittableRandom(1), geometry.outputElements()) : null;
        float[] read = input.clone();
        for (int i = 0; rescales && i < read.length; i++) {
            read[i] = Math.max(0, read[i] * 0.5f + 1);
        }
        double[] expected = expected(read, residual);
        try (Workspace workspace = new Workspace(access);
                Pool pool = new Pool(threads, Thread.ofPlatform().daemon()::unstarted)) {
            Border wide = rescales || threads == 2 ? geometry.border() : new Border(2, 1, 3, 2).or(geometry.border());
            Blocks given = blocks(
                    workspace, geometry.ic(), geometry.h().in(), geometry.w().in(), lanes, wide);
            fill(given, input);
            Border none = threads == 2 ? Border.NONE : new Border(1, 2, 0, 1);
            Blocks out = blocks(
                    workspace, geometry.oc(), geometry.h().out(), geometry.w().out(), lanes, none);
            Blocks added = null;
            if (residual != null) {
                added = blocks(
                        workspace,
                        geometry.oc(),
                        geometry.h().out(),
                        geometry.w().out(),
                        lanes,
                        Border.NONE);
                fill(added, residual);
            }
            float[] halves = new float[geometry.ic()];
            float[] ones = new float[geometry.ic()];
            Arrays.fill(halves, 0.5f);
            Arrays.fill(ones, 1);
            Operands operands = new Operands(
                    fromPlanes ? new Planes(buffer(workspace, input)) : given,
                    rescales ? new Rescaling(halves, ones, Rectifier.RELU) : null,
                    buffer(workspace, weights),
                    bias ? buffer(workspace, biases) : null,
                    added,
                    out);
            algorithm
                    .plan(geometry, operands, rectifier, new Setting(lanes, 32, pool, workspace))
                    .run();
            double largest = 1e-30;
            double error = 0;
            int at = 0;
            for (int n = 0; n < geometry.mb(); n++) {
                for (int c = 0; c < geometry.oc(); c++) {
                    for (int i = 0; i < geometry.outputPlane(); i++) {
                        int width = geometry.w().out();
                        double got = out.buffer().get(out.index(n, c, i / width, i % width));
                        double difference = Math.abs(expected[at] - got);
                        largest = Math.max(largest, Math.abs(expected[at]));
                        error = Math.max(error, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
                        at++;
                    }
                }
            }
            return Math.max(error / largest, borderIsZero(out) ? 0 : Double.POSITIVE_INFINITY);
        }
    }

    private Blocks blocks(Workspace workspace, int channels, int height, int width, int lanes, Border border) {
        // The images are some blocks of others, as where they are concatenated.
        BlockedShape shape = new BlockedShape(geometry.mb(), channels + 2 * lanes, height, width, lanes, border);
        return shape.in(workspace.allocate(shape.floats())).part(1, channels);
    }

    private void fill(Blocks blocks, float[] numbers) {
        int at = 0;
        for (int n = 0; n < geometry.mb(); n++) {
            for (int c = 0; c < blocks.channels(); c++) {
                for (int y = 0; y < blocks.whole().height(); y++) {
                    for (int x = 0; x < blocks.whole().width(); x++) {
                        blocks.buffer().set(blocks.index(n, c, y, x), numbers[at++]);
                    }
                }
            }
        }
    }

    /** Nothing but the images is written: the buffer was zeros, and so were the blocks before and after them. */
    private boolean borderIsZero(Blocks out) {
        Set<Long> inside = new HashSet<>();
        int filled = out.blocks() * out.whole().lanes();
        for (int n = 0; n < geometry.mb(); n++) {
            for (int c = 0; c < filled; c++) {
                for (int y = 0; y < out.whole().height(); y++) {
                    for (int x = 0; x < out.whole().width(); x++) {
                        inside.add(out.index(n, c, y, x));
                    }
                }
            }
        }
        for (long i = 0; i < out.buffer().bytes() / Float.BYTES; i++) {
            if (out.buffer().get(i) != 0 && !inside.contains(i)) {
                return false;
            }
        }
        return true;
    }

    private static Buffer buffer(Workspace workspace, float[] numbers) {
        Buffer buffer = workspace.allocate(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            buffer.set(i, numbers[i]);
        }
        return buffer;
    }

    /** Each product is added where it belongs: gathered by a convolution, spread by a transposed one. */
    private double[] expected() {
        return expected(input, null);
    }

    private double[] expected(float[] read, float @Nullable [] residual) {
        double[] sums = new double[Math.toIntExact(geometry.outputElements())];
        for (int i = 0; bias && i < sums.length; i++) {
            sums[i] = biases[(int) (i / geometry.outputPlane() % geometry.oc())];
        }
        for (int n = 0; n < geometry.mb(); n++) {
            for (int oc = 0; oc < geometry.oc(); oc++) {
                int group = oc / geometry.groupOc();
                for (int c = 0; c < geometry.groupIc(); c++) {
                    int ic = group * geometry.groupIc() + c;
                    addPlane(n, ic, oc, c, read, sums);
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += residual == null ? 0 : residual[i];
            sums[i] = switch (rectifier) {
                case NONE -> sums[i];
                case RELU -> Math.max(sums[i], 0);
                case RELU6 -> Math.clamp(sums[i], 0, 6);
            };
        }
        return sums;
    }

    private void addPlane(int n, int ic, int oc, int c, float[] read, double[] sums) {
        int taps = Math.toIntExact(geometry.taps());
        int filter = geometry.transposed()
                ? (ic * geometry.groupOc() + oc % geometry.groupOc()) * taps
                : (oc * geometry.groupIc() + c) * taps;
        long input0 = ((long) n * geometry.ic() + ic) * geometry.inputPlane();
        long output0 = ((long) n * geometry.oc() + oc) * geometry.outputPlane();
        Axis d = geometry.d();
        Axis h = geometry.h();
        Axis w = geometry.w();
        // Positions of the window, and the places that its taps are at: on the other side if transposed.
        for (int pd = 0; pd < positions(d); pd++) {
            for (int ph = 0; ph < positions(h); ph++) {
                for (int pw = 0; pw < positions(w); pw++) {
                    for (int tap = 0; tap < taps; tap++) {
                        int qw = pw * w.stride() - w.before() + tap % w.kernel() * w.dilation();
                        int qh = ph * h.stride() - h.before() + tap / w.kernel() % h.kernel() * h.dilation();
                        int qd = pd * d.stride() - d.before() + tap / w.kernel() / h.kernel() * d.dilation();
                        if (outside(qd, d) || outside(qh, h) || outside(qw, w)) {
                            continue;
                        }
                        int position = (pd * positions(h) + ph) * positions(w) + pw;
                        int place = (qd * places(h) + qh) * places(w) + qw;
                        int in = geometry.transposed() ? position : place;
                        int out = geometry.transposed() ? place : position;
                        sums[Math.toIntExact(output0 + out)] +=
                                (double) read[Math.toIntExact(input0 + in)] * weights[filter + tap];
                    }
                }
            }
        }
    }

    private int positions(Axis axis) {
        return geometry.transposed() ? axis.in() : axis.out();
    }

    private int places(Axis axis) {
        return geometry.transposed() ? axis.out() : axis.in();
    }

    private boolean outside(int place, Axis axis) {
        return place < 0 || place >= places(axis);
    }

    @Override
    public String toString() {
        return geometry + ", " + rectifier + (bias ? " with bias" : " without bias");
    }
}
