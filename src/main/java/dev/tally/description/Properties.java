package dev.tally.description;

import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Checks how an object's properties are spelt. */
public final class Properties {
    private Properties() {}

    /** {@return whether something stands there}; a null counts as left out: many clients write what they do not set. */
    public static boolean isGiven(JsonNode json) {
        return !json.isMissingNode() && !json.isNull();
    }

    /**
     * Reports every property that is none of the known ones, with the nearest of these. One that is null is none:
     * clients that write every property of their classes must not fail.
     *
     * @param layer the name of the layer whose object it is, or empty
     * @param owner what the object is, for the message
     * @param aliases other tools' names, normalised, to ours
     */
    public static void check(
            JsonNode json,
            Pointer pointer,
            String layer,
            String owner,
            Collection<String> known,
            Map<String, String> aliases,
            Errors errors) {
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            String property = entry.getKey();
            if (!known.contains(property) && isGiven(entry.getValue())) {
                String help = NearestName.help(property, known, aliases);
                errors.add(
                        pointer.at(property),
                        layer,
                        owner + " has no property " + Quoted.of(property)
                                + (help.isEmpty() ? "; it has: " + Quoted.list(known) : help));
            }
        }
    }
}
