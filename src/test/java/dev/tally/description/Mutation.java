package dev.tally.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Breaks a JSON tree in one place: another value, nothing, twice, another key, another part of the tree. */
final class Mutation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> WORDS = List.of(
            "",
            "input",
            "same",
            "relu",
            "conv2d",
            "concat",
            "add",
            "block",
            "$w",
            "$index",
            "$w * 1000000",
            "1 / 0",
            "$w - 9223372036854775807",
            "round($n, 0)",
            "((((((((1))))))))",
            "-",
            "$",
            "\ud83d\ude00",
            "\u0000",
            "a/b~c");
    private static final List<String> KEYS = List.of(
            "name",
            "type",
            "from",
            "repeat",
            "block",
            "parameters",
            "filters",
            "kernel",
            "padding",
            "axis",
            "axes",
            "shape",
            "order",
            "scale",
            "heads",
            "margins",
            "parts",
            "outputPadding",
            "layers",
            "output",
            "outputs",
            "input",
            "inputs",
            "ready",
            "kernel_size",
            "");
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        3,
        7,
        100,
        9999,
        65536,
        3_000_000,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE + 1L,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    /** {@return the tree, changed in place, or another for it} */
    JsonNode of(JsonNode root) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        if (containers.isEmpty() || random.nextInt(200) == 0) {
            return value(root);
        }
        JsonNode at = containers.get(random.nextInt(containers.size()));
        if (at instanceof ObjectNode object) {
            mutate(object, root);
        } else {
            mutate((ArrayNode) at, root);
        }
        return root;
    }

    private void mutate(ObjectNode object, JsonNode root) {
        List<String> keys = List.copyOf(object.propertyNames());
        String key = keys.isEmpty() ? "name" : keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(5)) {
            case 0 -> object.remove(key);
            case 1 -> object.set(KEYS.get(random.nextInt(KEYS.size())), copy(object.path(key)));
            case 2 -> object.set(key, part(root));
            default -> object.set(key, value(root));
        }
    }

    private void mutate(ArrayNode array, JsonNode root) {
        int at = array.isEmpty() ? 0 : random.nextInt(array.size());
        switch (random.nextInt(5)) {
            case 0 -> array.remove(at);
            case 1 -> array.insert(at, copy(array.path(at)));
            case 2 -> array.insert(at, part(root));
            case 3 -> array.insert(random.nextInt(array.size() + 1), copy(array.path(at)));
            default -> {
                if (array.isEmpty()) {
                    array.add(value(root));
                } else {
                    array.set(at, value(root));
                }
            }
        }
    }

    private JsonNode value(JsonNode root) {
        return switch (random.nextInt(10)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextGaussian() * 10);
            case 3 -> JSON.arrayNode();
            case 4 -> JSON.objectNode();
            case 5 -> part(root);
            case 6 -> JSON.stringNode(WORDS.get(random.nextInt(WORDS.size())));
            default -> JSON.numberNode(NUMBERS[random.nextInt(NUMBERS.length)]);
        };
    }

    /** A copy of any part of the tree. */
    private JsonNode part(JsonNode root) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        if (containers.isEmpty()) {
            return JSON.nullNode();
        }
        JsonNode from = containers.get(random.nextInt(containers.size()));
        List<JsonNode> children = from.valueStream().toList();
        return children.isEmpty() ? from.deepCopy() : copy(children.get(random.nextInt(children.size())));
    }

    private static JsonNode copy(JsonNode json) {
        return json.isMissingNode() ? JSON.nullNode() : json.deepCopy();
    }

    private static void collect(JsonNode json, List<JsonNode> containers) {
        if (json.isContainer()) {
            containers.add(json);
            json.values().forEach(child -> collect(child, containers));
        }
    }
}
