package dev.tally.description;

import static dev.tally.description.Attribute.dependent;
import static dev.tally.description.Attribute.optional;
import static dev.tally.description.Attribute.required;
import static dev.tally.description.Attributes.BIAS;
import static dev.tally.description.Attributes.UNITS;

import dev.tally.network.Attention;
import dev.tally.network.Embedding;
import dev.tally.network.LearnedTensor;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Shape;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The table's layers on sequences of vectors: attention, and what it is fed. */
final class SequenceTypes {
    private static final Attribute<Integer> HEADS = optional(
                    "heads",
                    new AttributeKind.WholeNumber(1),
                    1,
                    "How many parts attend each by itself.",
                    "num_heads",
                    "n_heads",
                    "nhead")
            .example(2);
    private static final Attribute<Integer> KEY_DIM = dependent(
            "keyDim",
            new AttributeKind.WholeNumber(1),
            "The length of a head's queries and keys; the query's features over the heads by default.",
            "key_dim",
            "head_dim",
            "d_k");
    private static final Attribute<Integer> VALUE_DIM = dependent(
            "valueDim",
            new AttributeKind.WholeNumber(1),
            "The length of a head's values; as the keys' by default.",
            "value_dim",
            "d_v");
    private static final Attribute<List<Integer>> SHAPE = required(
                    "shape",
                    new AttributeKind.WholeNumbers(1, false, "one for each axis"),
                    "The sizes, outermost axis first, without a batch.",
                    "size",
                    "sizes",
                    "dims")
            .example(List.of(1, 768));
    private static final Attribute<Integer> VOCABULARY = required(
                    "vocabulary",
                    new AttributeKind.WholeNumber(1),
                    "How many vectors there are to look up.",
                    "input_dim",
                    "num_embeddings",
                    "vocab_size")
            .example(30_000);

    private SequenceTypes() {}

    static List<LayerType<?>> all() {
        return List.of(learnedTensor(), embedding(), attention(), multiHeadAttention());
    }

    private static LayerType<LearnedTensor> learnedTensor() {
        return LayerType.of(
                "learned_tensor",
                List.of(
                        "parameter",
                        "variable",
                        "constant",
                        "class_token",
                        "cls_token",
                        "position_embedding",
                        "pos_embed",
                        "nn.Parameter",
                        "initializer"),
                "A tensor that training changes and every sample shares: a class token, positions, a scale. Takes no input.",
                "parameters alone; no activations",
                List.of(SHAPE),
                LearnedTensor.class,
                values -> new LearnedTensor(Shape.of(
                        values.get(SHAPE).stream().mapToInt(Integer::intValue).toArray())),
                (layer, values) -> values.put(SHAPE, layer.shape().sizes()));
    }

    private static LayerType<Embedding> embedding() {
        return LayerType.of(
                "embedding",
                List.of("embed", "lookup"),
                "A learned vector for each element of the input, looked up by its number; one axis more, the last.",
                "parameters alone; moved are the vectors that are looked up",
                List.of(VOCABULARY, UNITS),
                Embedding.class,
                values -> new Embedding(values.get(VOCABULARY), values.get(UNITS)),
                (layer, values) -> values.put(VOCABULARY, layer.vocabulary()).put(UNITS, layer.units()));
    }

    private static LayerType<Attention> attention() {
        return LayerType.of(
                "attention",
                List.of("scaled_dot_product_attention", "sdpa", "attn", "dot_product_attention"),
                "softmax(Q Kᵀ / √d) V in each head, of three inputs: query, key and value, each (…, positions, features)"
                        + " whatever the layout.",
                "a score: keyDim + 1 multiplies, one exponential, one division; an output element: as many multiplies as"
                        + " there are keys; sums of K terms K - 1 additions. The scores are workspace, no activation",
                List.of(HEADS),
                Attention.class,
                values -> new Attention(values.get(HEADS)),
                (layer, values) -> values.put(HEADS, layer.heads()));
    }

    private static LayerType<MultiHeadAttention> multiHeadAttention() {
        return LayerType.of(
                "multi_head_attention",
                List.of("mha", "self_attention"),
                "Attention with dense projections of query, key, value and result. One input attends to itself; of two,"
                        + " the second is key and value; three are query, key and value.",
                "the four projections as dense layers, and what attention counts between them",
                List.of(HEADS, KEY_DIM, VALUE_DIM, BIAS),
                MultiHeadAttention.class,
                values -> new MultiHeadAttention(
                        values.get(HEADS),
                        optionalInt(values.find(KEY_DIM)),
                        optionalInt(values.find(VALUE_DIM)),
                        values.get(BIAS)),
                (layer, values) -> {
                    layer.keyDim().ifPresent(length -> values.put(KEY_DIM, length));
                    layer.valueDim().ifPresent(length -> values.put(VALUE_DIM, length));
                    values.put(HEADS, layer.heads()).put(BIAS, layer.bias());
                });
    }

    private static OptionalInt optionalInt(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
