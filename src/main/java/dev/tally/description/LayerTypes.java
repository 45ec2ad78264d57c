package dev.tally.description;

import dev.tally.network.ActivationFunction;
import dev.tally.network.Reduce;
import dev.tally.network.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of layer types: the one source of what may be written. The types themselves stand in
 * {@link ConvolutionTypes}, {@link PoolingTypes}, {@link NormalizationTypes}, {@link ActivationTypes},
 * {@link ArithmeticTypes}, {@link ShapeTypes}, {@link ResamplingTypes} and {@link SequenceTypes}.
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
        for (int rank = 1; rank <= 3; rank++) {
            add(ConvolutionTypes.separable(rank));
        }
        for (int rank = 1; rank <= 3; rank++) {
            add(ConvolutionTypes.transposed(rank));
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
        add(ArithmeticTypes.dense());
        NormalizationTypes.all().forEach(LayerTypes::add);
        ActivationTypes.all().forEach(LayerTypes::add);
        ArithmeticTypes.elementwise().forEach(LayerTypes::add);
        ShapeTypes.all().forEach(LayerTypes::add);
        ResamplingTypes.all().forEach(LayerTypes::add);
        for (Reduce.Operator operator : Reduce.Operator.values()) {
            add(ArithmeticTypes.reduce(operator));
        }
        add(ArithmeticTypes.matMul());
        SequenceTypes.all().forEach(LayerTypes::add);
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
    public static String help(String unknown) {
        List<String> names = new ArrayList<>(TYPES.keySet());
        names.add(BLOCK);
        String help = NearestName.help(unknown, names, ALIASES);
        return help.isEmpty() ? "; GET /v1/layers lists the types" : help;
    }

    /** {@return what the unknown activation may have meant: another name, or a layer of its own} */
    static String activationHelp(String unknown) {
        if (TYPES.containsKey(unknown)) {
            return "; it is a layer of its own: {\"type\": " + Quoted.of(unknown) + "}";
        }
        List<String> names = Arrays.stream(ActivationFunction.values())
                .map(ActivationFunction::id)
                .toList();
        Map<String, String> aliases = new HashMap<>(ALIASES);
        aliases.values().retainAll(names);
        return NearestName.help(unknown, names, aliases);
    }

    private static void add(LayerType<?> type) {
        TYPES.put(type.name(), type);
        type.aliases().forEach(alias -> ALIASES.put(NearestName.normalise(alias), type.name()));
    }
}
