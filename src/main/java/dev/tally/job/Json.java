package dev.tally.job;

import dev.tally.description.DescriptionJson;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as it is stored: in ASCII, since names may hold what a database's text cannot, such as half a surrogate pair.
 */
final class Json {
    static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** {@return a stored request, read as it was when it came} */
    static JsonNode request(String stored) {
        return DescriptionJson.read(stored.getBytes(StandardCharsets.UTF_8));
    }
}
