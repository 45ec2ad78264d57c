package dev.tally.description;

import static dev.tally.description.Attributes.ACTIVATION;
import static dev.tally.description.Attributes.ALPHA;
import static dev.tally.description.Attributes.AXIS;
import static dev.tally.description.Attributes.BETA;
import static dev.tally.description.Attributes.BIAS;
import static dev.tally.description.Attributes.CEIL_MODE;
import static dev.tally.description.Attributes.COUNT_INCLUDE_PAD;
import static dev.tally.description.Attributes.DEPTH_MULTIPLIER;
import static dev.tally.description.Attributes.DILATION;
import static dev.tally.description.Attributes.EPSILON;
import static dev.tally.description.Attributes.FILTERS;
import static dev.tally.description.Attributes.GROUPS;
import static dev.tally.description.Attributes.KEEP_DIMENSIONS;
import static dev.tally.description.Attributes.KERNEL;
import static dev.tally.description.Attributes.OFFSET;
import static dev.tally.description.Attributes.OUTPUT_SIZE;
import static dev.tally.description.Attributes.PADDING;
import static dev.tally.description.Attributes.POOL_STRIDE;
import static dev.tally.description.Attributes.RATE;
import static dev.tally.description.Attributes.SIZE;
import static dev.tally.description.Attributes.STRIDE;
import static dev.tally.description.Attributes.UNITS;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Convolution;
import dev.tally.network.Dense;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.Layer;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.Softmax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The table of layer types: the one source of what may be written. */
public final class LayerTypes {
    /** The type of a layer that calls a block; it is none of the table's. */
    static final String BLOCK = "block";

    private static final Map<String, LayerType<?>> TYPES = new LinkedHashMap<>();
    private static final Map<String, String> ALIASES = new HashMap<>();

    static {
        for (int rank = 1; rank <= 3; rank++) {
            add(convolution(rank));
        }
        for (int rank = 1; rank <= 3; rank++) {
            add(depthwise(rank));
        }
        for (Reduction reduction : Reduction.values()) {
            for (int rank = 1; rank <= 3; rank++) {
                add(pool(reduction, rank));
            }
            for (int rank = 1; rank <= 3; rank++) {
                add(adaptivePool(reduction, rank));
            }
            add(globalPool(reduction));
        }
        add(new LayerType<>(
                "dense",
                List.of("linear", "fc", "fully_connected", "inner_product", "gemm"),
                "A fully connected layer on the last axis, applied at each position of the others.",
                "inputs × units multiplies, as many additions (less one a unit without bias)",
                List.of(UNITS, BIAS, ACTIVATION),
                Dense.class,
                values -> new Dense(values.get(UNITS), values.get(BIAS)),
                (layer, values) -> values.put(UNITS, layer.units()).put(BIAS, layer.bias())));
        add(new LayerType<>(
                "batch_norm",
                List.of("batch_normalization", "batchnorm2d", "batchnorm1d", "batchnorm3d", "bn"),
                "Batch normalisation at inference: each channel scaled and shifted.",
                "one multiply and one addition an element; γ and β are parameters, mean and variance are stored",
                List.of(EPSILON),
                BatchNorm.class,
                values -> new BatchNorm(values.get(EPSILON)),
                (layer, values) -> values.put(EPSILON, layer.epsilon())));
        add(new LayerType<>(
                "local_response_norm",
                List.of("lrn", "norm"),
                "Local response normalisation across channels.",
                "an element: size + 1 multiplies, size additions, one power, one division",
                List.of(SIZE, ALPHA, BETA, OFFSET),
                LocalResponseNorm.class,
                values -> new LocalResponseNorm(
                        values.get(SIZE), values.get(ALPHA), values.get(BETA), values.get(OFFSET)),
                (layer, values) -> values.put(SIZE, layer.size())
                        .put(ALPHA, layer.alpha())
                        .put(BETA, layer.beta())
                        .put(OFFSET, layer.bias())));
        for (ActivationFunction function : ActivationFunction.values()) {
            add(activation(function));
        }
        add(new LayerType<>(
                "softmax",
                List.of(),
                "exp(x) / Σ exp(x) along one axis.",
                "an element: one exponential and one division; n - 1 additions for each sum of n",
                List.of(AXIS),
                Softmax.class,
                values -> new Softmax(axis(values.find(AXIS))),
                (layer, values) -> layer.axis().number().ifPresent(axis -> values.put(AXIS, axis))));
        add(plain(
                "add",
                "The sum of two or more tensors of one shape.",
                "an element: one addition less than there are inputs",
                new Elementwise(Elementwise.Operator.ADD),
                "sum",
                "eltwise"));
        add(new LayerType<>(
                "concat",
                List.of("concatenate", "cat", "merge"),
                "Tensors laid end to end along one axis.",
                "nothing but memory",
                List.of(AXIS),
                Concat.class,
                values -> new Concat(axis(values.find(AXIS))),
                (layer, values) -> layer.axis().number().ifPresent(axis -> values.put(AXIS, axis))));
        add(plain("flatten", "All axes made one.", "nothing; a view", new Flatten()));
        add(new LayerType<>(
                "dropout",
                List.of(),
                "Does nothing at inference.",
                "nothing; a view",
                List.of(RATE),
                Dropout.class,
                values -> new Dropout(values.get(RATE)),
                (layer, values) -> values.put(RATE, layer.rate())));
        add(plain(
                "identity",
                "Its input, under another name.",
                "nothing; a view",
                new Identity(),
                "noop",
                "linear_activation",
                "pass"));
    }

    private LayerTypes() {}

    /** {@return every type, in the order in which they are documented} */
    public static Collection<LayerType<?>> all() {
        return Collections.unmodifiableCollection(TYPES.values());
    }

    static @Nullable LayerType<?> find(String name) {
        return TYPES.get(name);
    }

    /** {@return what the unknown type may have meant, for an error message} */
    static String help(String unknown) {
        List<String> names = new ArrayList<>(TYPES.keySet());
        names.add(BLOCK);
        String help = NearestName.help(unknown, names, ALIASES);
        return help.isEmpty() ? "; GET /v1/layers lists the types" : help;
    }

    private static void add(LayerType<?> type) {
        TYPES.put(type.name(), type);
        type.aliases().forEach(alias -> ALIASES.put(NearestName.normalise(alias), type.name()));
    }

    private static LayerType<Convolution> convolution(int rank) {
        return new LayerType<>(
                "conv" + rank + "d",
                rank == 2 ? List.of("conv", "convolution", "convolution2d") : List.of("convolution" + rank + "d"),
                "A convolution over " + axes(rank) + ".",
                "output elements × taps × input channels / groups multiplies, as many additions (less one an output element without bias)",
                List.of(FILTERS, KERNEL, STRIDE, PADDING, DILATION, GROUPS, BIAS, ACTIVATION),
                Convolution.class,
                values -> new Convolution(
                        values.get(FILTERS), Windows.read(values, rank, STRIDE), values.get(GROUPS), values.get(BIAS)),
                (layer, values) -> {
                    Windows.write(layer.window(), values, STRIDE);
                    values.put(FILTERS, layer.filters())
                            .put(GROUPS, layer.groups())
                            .put(BIAS, layer.bias());
                });
    }

    private static LayerType<DepthwiseConvolution> depthwise(int rank) {
        return new LayerType<>(
                "depthwise_conv" + rank + "d",
                rank == 2 ? List.of("depthwise", "depthwise_conv", "dwconv") : List.of(),
                "A convolution over " + axes(rank) + " whose filters see one input channel each.",
                "output elements × taps multiplies, as many additions (less one an output element without bias)",
                List.of(KERNEL, STRIDE, PADDING, DILATION, DEPTH_MULTIPLIER, BIAS, ACTIVATION),
                DepthwiseConvolution.class,
                values -> new DepthwiseConvolution(
                        values.get(DEPTH_MULTIPLIER), Windows.read(values, rank, STRIDE), values.get(BIAS)),
                (layer, values) -> {
                    Windows.write(layer.window(), values, STRIDE);
                    values.put(DEPTH_MULTIPLIER, layer.depthMultiplier()).put(BIAS, layer.bias());
                });
    }

    private static LayerType<Pooling> pool(Reduction reduction, int rank) {
        boolean maximum = reduction == Reduction.MAXIMUM;
        String name = maximum ? "max_pool" : "avg_pool";
        String longName = maximum ? "max_pooling" : "average_pooling";
        List<Attribute<?>> attributes = new ArrayList<>(List.of(KERNEL, POOL_STRIDE, PADDING, DILATION, CEIL_MODE));
        if (!maximum) {
            attributes.add(COUNT_INCLUDE_PAD);
        }
        return new LayerType<>(
                name + rank + "d",
                rank == 2
                        ? List.of(name, longName + "2d", maximum ? "pool" : "average_pool")
                        : List.of(longName + rank + "d"),
                (maximum ? "The maximum" : "The average") + " of each window over " + axes(rank) + ".",
                maximum
                        ? "an output element: taps - 1 comparisons"
                        : "an output element: taps - 1 additions, one division",
                attributes,
                Pooling.class,
                values -> new Pooling(
                        reduction,
                        Windows.read(values, rank, POOL_STRIDE),
                        values.get(CEIL_MODE),
                        !maximum && values.get(COUNT_INCLUDE_PAD)),
                (layer, values) -> {
                    Windows.write(layer.window(), values, POOL_STRIDE);
                    values.put(CEIL_MODE, layer.ceilMode());
                    if (!maximum) {
                        values.put(COUNT_INCLUDE_PAD, layer.countIncludePad());
                    }
                });
    }

    private static LayerType<AdaptivePooling> adaptivePool(Reduction reduction, int rank) {
        boolean maximum = reduction == Reduction.MAXIMUM;
        return new LayerType<>(
                (maximum ? "adaptive_max_pool" : "adaptive_avg_pool") + rank + "d",
                List.of(),
                (maximum ? "The maximum" : "The average") + " of windows over " + axes(rank)
                        + ", chosen so that the output has the given size.",
                maximum
                        ? "a window of K elements: K - 1 comparisons"
                        : "a window of K elements: K - 1 additions, one division",
                List.of(OUTPUT_SIZE),
                AdaptivePooling.class,
                values -> new AdaptivePooling(
                        reduction, Windows.spread(OUTPUT_SIZE, values.get(OUTPUT_SIZE), rank), false),
                (layer, values) -> values.put(OUTPUT_SIZE, layer.outputSize()));
    }

    private static LayerType<AdaptivePooling> globalPool(Reduction reduction) {
        boolean maximum = reduction == Reduction.MAXIMUM;
        String name = maximum ? "global_max_pool" : "global_avg_pool";
        String longName = maximum ? "global_max_pooling" : "global_average_pooling";
        return new LayerType<>(
                name,
                maximum
                        ? List.of(longName, longName + "2d")
                        : List.of(longName, longName + "2d", "global_average_pool", "gap"),
                (maximum ? "The maximum" : "The average") + " over all positions of each channel.",
                maximum ? "a channel: positions - 1 comparisons" : "a channel: positions - 1 additions, one division",
                List.of(KEEP_DIMENSIONS),
                AdaptivePooling.class,
                values -> AdaptivePooling.global(reduction, values.get(KEEP_DIMENSIONS)),
                (layer, values) -> values.put(KEEP_DIMENSIONS, layer.keepDimensions()));
    }

    private static LayerType<Activation> activation(ActivationFunction function) {
        Activation layer = new Activation(function);
        return switch (function) {
            case RELU -> plain(function.id(), "max(x, 0).", "an element: one comparison", layer, "rectifier");
            case RELU6 -> plain(function.id(), "min(max(x, 0), 6).", "an element: two comparisons", layer);
            case LEAKY_RELU ->
                plain(
                        function.id(),
                        "x where positive, else x / 100.",
                        "an element: one comparison, one multiply",
                        layer);
            case ELU ->
                plain(
                        function.id(),
                        "x where positive, else exp(x) - 1.",
                        "an element: one comparison, one exponential, one addition",
                        layer);
            case SIGMOID ->
                plain(
                        function.id(),
                        "1 / (1 + exp(-x)).",
                        "an element: one exponential, one addition, one division",
                        layer,
                        "logistic");
            case TANH ->
                plain(
                        function.id(),
                        "1 - 2 / (1 + exp(2x)).",
                        "an element: one multiply, one exponential, two additions, one division",
                        layer);
            case SILU ->
                plain(
                        function.id(),
                        "x · sigmoid(x).",
                        "an element: one multiply, one exponential, one addition, one division",
                        layer,
                        "swish");
        };
    }

    /** A type without attributes. */
    private static <L extends Layer> LayerType<L> plain(
            String name, String summary, String counts, L layer, String... aliases) {
        @SuppressWarnings("unchecked") // the class of an L
        Class<L> layerClass = (Class<L>) layer.getClass();
        return new LayerType<>(
                name, Arrays.asList(aliases), summary, counts, List.of(), layerClass, _ -> layer, (_, _) -> {});
    }

    private static Axis axis(@Nullable Integer number) {
        return number == null ? Axis.CHANNELS : new Axis(OptionalInt.of(number));
    }

    private static String axes(int rank) {
        return rank == 1 ? "one spatial axis" : rank == 2 ? "height and width" : "depth, height and width";
    }
}
