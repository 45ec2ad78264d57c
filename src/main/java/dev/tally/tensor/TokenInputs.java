package dev.tally.tensor;

import dev.tally.network.Dropout;
import dev.tally.network.Embedding;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Reshape;
import dev.tally.network.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that hold numbers of entries in an {@linkplain Embedding embedding's} vocabulary, from 0 on: those that
 * one looks up, directly or through layers that hand values on unchanged.
 */
public final class TokenInputs {
    private final Map<Source, Integer> vocabularies = new HashMap<>();

    private TokenInputs() {}

    /** {@return the inputs of a network that hold such numbers} */
    public static TokenInputs of(Network network) {
        TokenInputs tokens = new TokenInputs();
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Embedding(int vocabulary, int _)) {
                Input input = origin(node);
                if (input != null) {
                    tokens.vocabularies.merge(input, vocabulary, Math::min);
                }
            }
        }
        return tokens;
    }

    /**
     * {@return the input whose numbers an embedding looks up; null where they are computed by the network, which gives
     * no whole numbers, so that no engine can run it}
     */
    public static @Nullable Input origin(Node embedding) {
        Source source = embedding.from().getFirst();
        while (source instanceof Node node) {
            switch (node.layer()) {
                case Flatten _, Reshape _, Identity _, Dropout _ ->
                    source = node.from().getFirst();
                default -> {
                    return null;
                }
            }
        }
        return (Input) source;
    }

    /** {@return below which number all of an input's must be: the smallest vocabulary; empty where it is no such} */
    public OptionalInt vocabulary(Input input) {
        Integer vocabulary = vocabularies.get(input);
        return vocabulary == null ? OptionalInt.empty() : OptionalInt.of(vocabulary);
    }
}
