package dev.tally.analysis;

import dev.tally.network.AdaptivePooling;
import dev.tally.network.Axis;
import dev.tally.network.Concat;
import dev.tally.network.Convolution;
import dev.tally.network.Crop;
import dev.tally.network.Dense;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Elementwise;
import dev.tally.network.InstanceNorm;
import dev.tally.network.Layer;
import dev.tally.network.LayerNorm;
import dev.tally.network.Layers;
import dev.tally.network.LearnedTensor;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Pad;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Pooling;
import dev.tally.network.Reduce;
import dev.tally.network.Reduction;
import dev.tally.network.Resampling.Interpolation;
import dev.tally.network.Resize;
import dev.tally.network.Shape;
import dev.tally.network.Slice;
import dev.tally.network.Softmax;
import dev.tally.network.Split;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.Upsample;
import dev.tally.network.WindowAxis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Graphs over one long spatial axis, drawn at random: all that widens, strides, enlarges, cuts and shifts, and joins of
 * what has gone through the same strides in whatever steps. Every tensor has {@value #CHANNELS} channels.
 */
final class FieldDraw {
    private static final int CHANNELS = 4;
    private static final int LENGTH = 160;
    private static final int MOST_PHASES = 12;

    /**
     * A tensor's elements.
     *
     * @param size how many there are
     * @param inputs so many elements of the input are as long as {@code outputs} of them
     * @param phases after how many of them the way that they were made repeats
     */
    private record Track(int size, int inputs, int outputs, int phases) {
        /** The elements made of these: so many for each {@code step} of them, alike. */
        Track made(int newSize, int step, int many) {
            int common = gcd(inputs * step, outputs * many);
            return new Track(
                    newSize, inputs * step / common, outputs * many / common, many * (phases / gcd(phases, step)));
        }

        boolean keepsStepWith(Track other) {
            return inputs == other.inputs && outputs == other.outputs;
        }
    }

    private final Random random;
    private final NetworkBuilder builder = new NetworkBuilder("drawn");
    private final Map<String, Track> tracks = new LinkedHashMap<>();

    private FieldDraw(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** A network and, by layer, after how many elements the way that they were made repeats. */
    record Drawn(Network network, Map<String, Integer> phases) {}

    static Drawn of(long seed) {
        return new FieldDraw(seed).draw();
    }

    private Drawn draw() {
        int inputs = between(1, 2);
        for (int i = 0; i < inputs; i++) {
            builder.input("input" + i, Shape.of(LENGTH, CHANNELS));
            builder.layer("taker" + i, "relu", Layers.relu(), "input" + i);
            tracks.put("taker" + i, new Track(LENGTH, 1, 1, 1));
        }
        int layers = between(2, 9);
        for (int i = 0; i < layers; i++) {
            List<String> names = List.copyOf(tracks.keySet());
            String from = names.get(random.nextInt(names.size()));
            Track track = tracks.getOrDefault(from, new Track(0, 1, 1, 1));
            List<String> mates = names.stream()
                    .filter(name ->
                            !name.equals(from) && track.keepsStepWith(tracks.getOrDefault(name, new Track(0, 0, 0, 0))))
                    .toList();
            if (!mates.isEmpty() && oneIn(2)) {
                join("join" + i, from, mates.get(random.nextInt(mates.size())));
            } else {
                grow("layer" + i, from, track);
            }
        }
        Map<String, Integer> phases = new LinkedHashMap<>();
        tracks.forEach((name, track) -> phases.put(name, track.phases()));
        return new Drawn(builder.build(), phases);
    }

    /** Both cut to one length, at either end, then joined. */
    private void join(String name, String one, String other) {
        Track first = tracks.getOrDefault(one, new Track(0, 1, 1, 1));
        Track second = tracks.getOrDefault(other, first);
        int size = Math.min(first.size(), second.size());
        int phases = first.phases() / gcd(first.phases(), second.phases()) * second.phases();
        if (phases > MOST_PHASES) {
            return;
        }
        Layer joining = switch (random.nextInt(3)) {
            case 0 -> Layers.add();
            case 1 -> new Elementwise(Elementwise.Operator.MULTIPLY);
            default -> new Concat(Axis.CHANNELS);
        };
        builder.layer(name, "join", joining, cut(name + "a", one, first, size), cut(name + "b", other, second, size));
        Track met = new Track(size, first.inputs(), first.outputs(), phases);
        if (joining instanceof Concat) {
            restored(name, met);
        } else {
            tracks.put(name, met);
        }
    }

    private String cut(String name, String from, Track track, int size) {
        if (track.size() == size) {
            return from;
        }
        int start = random.nextInt(track.size() - size + 1);
        builder.layer(name, "slice", new Slice(Axis.of(0), start, OptionalInt.of(start + size), 1), from);
        tracks.put(name, track.made(size, 1, 1));
        return name;
    }

    /** Brings a layer back to as many channels as all have. */
    private void restored(String name, Track track) {
        builder.layer(name + "/restored", "dense", new Dense(CHANNELS, true), name);
        tracks.put(name + "/restored", track);
    }

    private void grow(String name, String from, Track track) {
        int size = track.size();
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> window(name, from, track);
            case 3, 4 -> transposed(name, from, track);
            case 5 -> {
                int scale = between(1, 3);
                add(name, new Upsample(List.of(scale), interpolation()), from, track.made(size * scale, 1, scale));
            }
            case 6, 7 -> {
                int step = between(1, 4);
                int many = between(1, 4);
                int common = gcd(step, many);
                int cut = size / step * step;
                int out = size / step * many;
                Layer layer = oneIn(2)
                        ? new Resize(List.of(out), interpolation())
                        : new AdaptivePooling(reduction(), List.of(out), true);
                if (out > 1) {
                    add(
                            name,
                            layer,
                            cut(name + "/even", from, track, cut),
                            track.made(out, step / common, many / common));
                }
            }
            case 8 -> cutting(name, from, track);
            case 9 -> {
                int before = random.nextInt(4);
                int after = random.nextInt(4);
                Pad.Mode mode = pick(Pad.Mode.values());
                add(
                        name,
                        new Pad(List.of(new Explicit(before, after)), mode),
                        from,
                        track.made(size + before + after, 1, 1));
            }
            case 10 -> shuffled(name, from, track);
            case 11 -> stretched(name, from, track);
            default -> {
                if (oneIn(4)) {
                    Layer all = switch (random.nextInt(3)) {
                        case 0 -> new Softmax(Axis.of(0), false);
                        case 1 -> new LayerNorm(Axis.of(-2), true, true, 1e-5);
                        default -> new InstanceNorm(true, 1e-5);
                    };
                    add(name, all, from, track);
                } else {
                    add(name, oneIn(2) ? Layers.relu() : new Softmax(Axis.of(-1), true), from, track);
                }
            }
        }
    }

    private void window(String name, String from, Track track) {
        int dilation = between(1, 3);
        int kernel = between(1, 4);
        int extent = (kernel - 1) * dilation + 1;
        int padding = oneIn(3) ? 0 : random.nextInt(extent);
        int before = random.nextInt(padding + 1);
        int stride = oneIn(3) ? between(2, 3) : 1;
        WindowAxis axis = new WindowAxis(kernel, stride, dilation, new Explicit(before, padding - before));
        Layer layer = switch (random.nextInt(3)) {
            case 0 -> new Convolution(CHANNELS, Layers.window(axis), 1, true);
            case 1 -> new DepthwiseConvolution(1, Layers.window(axis), true);
            default -> new Pooling(reduction(), Layers.window(axis), false, false);
        };
        add(name, layer, from, track.made((track.size() + padding - extent) / stride + 1, stride, 1));
    }

    private void transposed(String name, String from, Track track) {
        int dilation = between(1, 3);
        int kernel = between(1, 5);
        int stride = between(1, 3);
        int extent = (kernel - 1) * dilation + 1;
        int before = random.nextInt(extent);
        int after = random.nextInt(extent);
        int extra = random.nextInt(Math.max(stride, dilation));
        WindowAxis axis = new WindowAxis(kernel, stride, dilation, new Explicit(before, after));
        int size = (track.size() - 1) * stride + extent + extra - before - after;
        add(
                name,
                new TransposedConvolution(CHANNELS, Layers.window(axis), List.of(extra), between(1, 2), true),
                from,
                track.made(size, 1, stride));
    }

    private void cutting(String name, String from, Track track) {
        int size = track.size();
        int start = random.nextInt(4);
        switch (random.nextInt(3)) {
            case 0 -> {
                int end = size - random.nextInt(4);
                add(name, new Crop(List.of(new Explicit(start, size - end))), from, track.made(end - start, 1, 1));
            }
            case 1 -> {
                int step = between(1, 3);
                Slice slice = new Slice(Axis.of(0), oneIn(2) ? start : start - size, OptionalInt.empty(), step);
                add(name, slice, from, track.made((size - start + step - 1) / step, step, 1));
            }
            default -> {
                if (size % 2 == 0) {
                    add(name, new Split(Axis.of(-2), 2, random.nextInt(2)), from, track.made(size / 2, 1, 1));
                }
            }
        }
    }

    private void shuffled(String name, String from, Track track) {
        boolean larger = oneIn(2);
        int factor = larger ? 2 : between(2, 3);
        Track made =
                larger ? track.made(track.size() * factor, 1, factor) : track.made(track.size() / factor, factor, 1);
        if (fits(made) && (larger || track.size() % factor == 0)) {
            builder.layer(name, "shuffled", larger ? new PixelShuffle(factor) : new PixelUnshuffle(factor), from);
            restored(name, made);
        }
    }

    /** Combined with a tensor of one element: learned, or made of all. */
    private void stretched(String name, String from, Track track) {
        Layer one = oneIn(2)
                ? new LearnedTensor(Shape.of(1, CHANNELS))
                : new Reduce(Reduce.Operator.MEAN, List.of(Axis.of(0)), true);
        Layer both = oneIn(2) ? Layers.add() : new Elementwise(Elementwise.Operator.DIVIDE);
        String[] inputs = one instanceof LearnedTensor ? new String[0] : new String[] {from};
        builder.layer(name + "/one", "one", one, inputs);
        if (both.equals(Layers.add()) && oneIn(2)) {
            builder.layer(name, "stretched", both, name + "/one", from);
        } else {
            builder.layer(name, "stretched", both, from, name + "/one");
        }
        tracks.put(name, track);
    }

    private void add(String name, Layer layer, String from, Track made) {
        if (fits(made)) {
            builder.layer(name, "drawn", layer, from);
            tracks.put(name, made);
        }
    }

    private static boolean fits(Track track) {
        return track.size() >= 8 && track.size() <= 2 * LENGTH && track.phases() <= MOST_PHASES;
    }

    private Interpolation interpolation() {
        return pick(Interpolation.values());
    }

    private Reduction reduction() {
        return pick(Reduction.values());
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
