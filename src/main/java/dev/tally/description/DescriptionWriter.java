package dev.tally.description;

import dev.tally.network.DataType;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.Source;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a network as a description: its blocks and repeats expanded, its parameters filled in, its defaults left out.
 * Read back, it is the same network.
 */
public final class DescriptionWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private DescriptionWriter() {}

    /** {@return the description} */
    public static JsonNode write(Network network) {
        ObjectNode json = JSON.objectNode();
        if (!network.name().isEmpty()) {
            json.put("name", network.name());
        }
        if (network.inputs().size() == 1 && network.inputs().getFirst().name().equals(TemplateReader.INPUT)) {
            json.set("input", shape(network.inputs().getFirst().shape()));
        } else {
            ObjectNode inputs = json.putObject("inputs");
            network.inputs().forEach(input -> inputs.set(input.name(), shape(input.shape())));
        }
        if (network.layout() != Layout.CHANNELS_LAST) {
            json.put("layout", network.layout().id());
        }
        if (network.dataType() != DataType.FLOAT32) {
            json.put("dtype", network.dataType().id());
        }
        if (network.batch() != 1) {
            json.put("batch", network.batch());
        }
        ArrayNode layers = json.putArray("layers");
        network.nodes().forEach(node -> layers.add(layer(node)));
        json.set("outputs", names(network.outputs()));
        return json;
    }

    private static ObjectNode layer(Node node) {
        LayerType<?> type = LayerTypes.find(node.type());
        if (type == null) {
            throw new IllegalArgumentException("the layer " + node.name() + " is of no written type: " + node.type());
        }
        ObjectNode json = JSON.objectNode().put("name", node.name()).put("type", node.type());
        if (!node.from().isEmpty()) {
            json.set("from", names(node.from()));
        }
        AttributeValues values = type.values(node.layer());
        type.attributes().forEach(attribute -> put(attribute, values, json));
        return json;
    }

    private static <T> void put(Attribute<T> attribute, AttributeValues values, ObjectNode json) {
        T given = values.given(attribute);
        if (given != null) {
            json.set(attribute.name(), attribute.kind().write(given));
        }
    }

    private static ArrayNode shape(Shape shape) {
        ArrayNode json = JSON.arrayNode();
        shape.sizes().forEach(size -> json.add((int) size));
        return json;
    }

    private static ArrayNode names(List<? extends Source> sources) {
        ArrayNode json = JSON.arrayNode();
        sources.forEach(source -> json.add(source.name()));
        return json;
    }
}
