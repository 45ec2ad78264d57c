package dev.tally.description;

import tools.jackson.databind.JsonNode;

/**
 * A network to start from.
 *
 * @param name the name by which it is asked for
 * @param json its description
 */
public record ReadyNetwork(String name, JsonNode json) {
    /** {@return what it is and where its figures come from, a sentence or two} */
    public String description() {
        return json.path("description").asString("");
    }
}
