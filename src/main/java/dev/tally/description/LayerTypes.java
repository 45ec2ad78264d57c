package dev.tally.description;

import static dev.tally.description.Attributes.ACTIVATION;
import static dev.tally.description.Attributes.ALPHA;
import static dev.tally.description.Attributes.AXIS;
import static dev.tally.description.Attributes.BETA;
import static dev.tally.description.Attributes.BIAS;
import static dev.tally.description.Attributes.EPSILON;
import static dev.tally.description.Attributes.OFFSET;
import static dev.tally.description.Attributes.RATE;
import static dev.tally.description.Attributes.SIZE;
import static dev.tally.description.Attributes.UNITS;

import dev.tally.network.ActivationFunction;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Dense;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.Reduction;
import dev.tally.network.Softmax;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of layer types: the one source of what may be written. Families of types that differ in rank or function
 * stand in {@link ConvolutionTypes}, {@link PoolingTypes} and {@link ActivationTypes}.
 */
public final class LayerTypes {
    /** The type of a layer that calls a block; it is none of the table's. */
    static final String BLOCK = "block";

    private static final Map<String, LayerType<?>> TYPES = new LinkedHashMap<>();
    private static final Map<String, String> ALIASES = new HashMap<>();

    static {
        for (int rank = 1; rank <= 3; rank++) {
            add(ConvolutionTypes.convolution(rank));
        }
        for (int rank = 1; rank <= 3; rank++) {
            add(ConvolutionTypes.depthwise(rank));
        }
        for (Reduction reduction : Reduction.values()) {
            for (int rank = 1; rank <= 3; rank++) {
                add(PoolingTypes.sliding(reduction, rank));
            }
            for (int rank = 1; rank <= 3; rank++) {
                add(PoolingTypes.adaptive(reduction, rank));
            }
            add(PoolingTypes.global(reduction));
        }
        add(new LayerType<>(
                "dense",
                List.of("linear", "fc", "fully_connected", "inner_product", "gemm"),
                "A fully connected layer on the last axis, whatever the layout, applied at each position of the others.",
                "output elements × size of the last axis multiplies, as many additions (less one an output element without"
                        + " bias)",
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
            add(ActivationTypes.of(function));
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
        add(LayerType.plain(
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
        add(LayerType.plain("flatten", "All axes made one.", "nothing; a view", new Flatten()));
        add(new LayerType<>(
                "dropout",
                List.of(),
                "Does nothing at inference.",
                "nothing; a view",
                List.of(RATE),
                Dropout.class,
                values -> new Dropout(values.get(RATE)),
                (layer, values) -> values.put(RATE, layer.rate())));
        add(LayerType.plain(
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

    private static Axis axis(@Nullable Integer number) {
        return number == null ? Axis.CHANNELS : Axis.of(number);
    }
}
