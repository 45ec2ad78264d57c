package dev.tally.web;

import dev.tally.network.Shape;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** A shape is a list of its sizes. */
@JacksonComponent
final class ShapeSerializer extends ValueSerializer<Shape> {
    @Override
    public void serialize(Shape shape, JsonGenerator json, SerializationContext context) {
        json.writeStartArray();
        for (int axis = 0; axis < shape.rank(); axis++) {
            json.writeNumber(shape.size(axis));
        }
        json.writeEndArray();
    }
}
