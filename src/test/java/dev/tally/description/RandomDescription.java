package dev.tally.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Valid descriptions at random: every layer keeps its input's spatial axes, so that all of them may meet again. */
final class RandomDescription {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;
    private final int rank;
    private final List<String> names = new ArrayList<>();

    RandomDescription(Random random) {
        this.random = random;
        this.rank = 1 + random.nextInt(3);
    }

    JsonNode network() {
        ObjectNode json = JSON.objectNode();
        boolean first = random.nextBoolean();
        if (random.nextBoolean()) {
            json.put("name", "n" + random.nextInt(100));
        }
        if (first) {
            json.put("layout", "channels_first");
        }
        json.put("batch", 1 + random.nextInt(3)).put("dtype", random.nextBoolean() ? "float32" : "int8");
        if (random.nextBoolean()) {
            names.add("input");
            json.set("input", shape(first));
        } else {
            ObjectNode inputs = json.putObject("inputs");
            for (String name : List.of("input", "é/b", "c d")) {
                names.add(name);
                inputs.set(name, shape(first));
            }
        }
        ArrayNode layers = json.putArray("layers");
        // Every input is taken, so that none is dangling.
        layers.add(joining("concat", names));
        for (int i = random.nextInt(12); i > 0; i--) {
            layers.add(layer(List.copyOf(LayerTypes.all())));
        }
        // Whatever changed the rank stays an end of its own; these go on.
        for (int i = random.nextInt(3); i > 0; i--) {
            layers.add(joining(random.nextBoolean() ? "add" : "concat", List.of("concat_1", "concat_1")));
        }
        return json;
    }

    private ArrayNode shape(boolean channelsFirst) {
        ArrayNode shape = JSON.arrayNode();
        for (int axis = 0; axis < rank; axis++) {
            shape.add(12);
        }
        return channelsFirst ? shape.insert(0, 6) : shape.add(6);
    }

    private ObjectNode joining(String type, List<String> from) {
        ObjectNode json = JSON.objectNode().put("type", type);
        from.forEach(json.putArray("from")::add);
        return json;
    }

    /** A layer of any type that fits the rank, on the first layer of all. */
    private ObjectNode layer(List<LayerType<?>> types) {
        LayerType<?> type = types.get(random.nextInt(types.size()));
        String name = type.name();
        boolean otherRank = name.matches(".*[123]d") && !name.endsWith(rank + "d");
        if (otherRank) {
            return layer(types);
        }
        int inputs = type.exampleLayer().minimumInputs();
        ObjectNode json = JSON.objectNode().put("type", name);
        for (int i = 0; i < (name.equals("concat") ? 2 : inputs); i++) {
            json.withArray("from").add("concat_1");
        }
        for (Attribute<?> attribute : type.attributes()) {
            if (attribute.required() || attribute.ownExample() != null || random.nextBoolean()) {
                json.set(attribute.name(), value(attribute, name));
            }
        }
        return json;
    }

    private JsonNode value(Attribute<?> attribute, String type) {
        return switch (attribute.name()) {
            // The first layer has 6 or 18 channels.
            case "groups" -> JSON.numberNode(1 + random.nextInt(3));
            case "filters" -> JSON.numberNode(6 * (1 + random.nextInt(3)));
            case "axis" -> JSON.numberNode(random.nextInt(2 * rank + 2) - rank - 1);
            case "kernel" -> perAxis(2, 3);
            case "dilation" -> perAxis(1, 3);
            case "stride", "outputSize" -> perAxis(1, 4);
            case "padding" -> attribute.kind() instanceof AttributeKind.Margins ? byKind(attribute.kind()) : padding();
            // One element at least of 3 or 4 is left; a half, a third, a sixth of the channels is whole.
            case "shape" ->
                attribute.kind() instanceof AttributeKind.WholeNumbers(int least, boolean _, String _) && least < 0
                        ? JSON.arrayNode().add(-1).add(1 + random.nextInt(3))
                        : byKind(attribute.kind());
            case "order" -> order();
            case "axes" -> JSON.arrayNode().add(random.nextInt(rank)).add(-1);
            // All sizes are multiples of 6; only so many channels are no square's.
            case "parts" -> JSON.numberNode(2 + random.nextInt(2));
            case "index" -> JSON.numberNode(random.nextInt(2));
            case "heads", "scale" -> JSON.numberNode(1 + random.nextInt(3));
            case "factor" -> JSON.numberNode(type.equals("pixel_unshuffle") ? 1 + random.nextInt(3) : 1);
            case "outputPadding" -> JSON.numberNode(0);
            case "start" -> JSON.numberNode(random.nextInt(3));
            case "end" -> JSON.numberNode(random.nextBoolean() ? -1 - random.nextInt(3) : 3 + random.nextInt(4));
            case "shift" -> JSON.numberNode(random.nextInt(80) - 40);
            case "transposeSecond" -> JSON.booleanNode(true);
            case "keepDimensions" -> JSON.booleanNode(random.nextBoolean());
            default -> byKind(attribute.kind());
        };
    }

    private JsonNode byKind(AttributeKind<?> kind) {
        return switch (kind) {
            case AttributeKind.WholeNumber _ -> JSON.numberNode(1 + random.nextInt(5));
            case AttributeKind.PerAxis _ -> perAxis(1, 3);
            case AttributeKind.PaddingKind _ -> padding();
            case AttributeKind.WholeNumbers _ -> JSON.arrayNode().add(1 + random.nextInt(5));
            case AttributeKind.Margins _ -> margins();
            case AttributeKind.Flag _ -> JSON.booleanNode(random.nextBoolean());
            case AttributeKind.Decimal _ -> JSON.numberNode(random.nextDouble());
            case AttributeKind.Choice<?> choice ->
                JSON.stringNode(List.copyOf(choice.words().keySet())
                        .get(random.nextInt(choice.words().size())));
        };
    }

    /** The axes the other way round. */
    private JsonNode order() {
        ArrayNode order = JSON.arrayNode();
        for (int axis = rank; axis >= 0; axis--) {
            order.add(axis);
        }
        return order;
    }

    private JsonNode perAxis(int least, int bound) {
        if (random.nextBoolean()) {
            return JSON.numberNode(least + random.nextInt(bound));
        }
        ArrayNode values = JSON.arrayNode();
        for (int axis = 0; axis < rank; axis++) {
            values.add(least + random.nextInt(bound));
        }
        return values;
    }

    private JsonNode margins() {
        return switch (random.nextInt(3)) {
            case 0 -> JSON.numberNode(random.nextInt(3));
            case 1 -> perAxis(0, 3);
            default -> pairs();
        };
    }

    private ArrayNode pairs() {
        ArrayNode pairs = JSON.arrayNode();
        for (int axis = 0; axis < rank; axis++) {
            pairs.add(JSON.arrayNode().add(random.nextInt(2)).add(random.nextInt(2)));
        }
        return pairs;
    }

    /** Less than the smallest window, as pools ask. */
    private JsonNode padding() {
        return switch (random.nextInt(5)) {
            case 0 -> JSON.stringNode("same");
            case 1 -> JSON.stringNode("same_lower");
            case 2 -> JSON.numberNode(random.nextInt(2));
            case 3 -> JSON.stringNode("valid");
            default -> pairs();
        };
    }
}
