package dev.tally.description;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Finds which of a network's parameters a description uses, wherever an expression may stand. */
final class ParameterUses {
    private static final Pattern USE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{Nd}_]*)");

    private final Set<String> used = new LinkedHashSet<>();

    private ParameterUses() {}

    /** {@return the names that stand after a dollar sign and are not those of an enclosing block's parameters} */
    static Set<String> of(JsonNode description) {
        ParameterUses uses = new ParameterUses();
        for (Map.Entry<String, JsonNode> property : description.properties()) {
            if (property.getKey().equals(NetworkTemplate.BLOCKS)) {
                property.getValue().properties().forEach(block -> uses.block(block.getValue()));
            } else if (!property.getKey().equals(Header.DESCRIPTION)) {
                uses.add(property.getValue(), Set.of());
            }
        }
        return uses.used;
    }

    /** A block's parameters hide the network's among its layers, not where their defaults stand. */
    private void block(JsonNode block) {
        JsonNode parameters = block.path(Header.PARAMETERS);
        add(parameters, Set.of());
        add(block.path(NetworkTemplate.LAYERS), new HashSet<>(Parameters.declared(parameters)));
    }

    private void add(JsonNode json, Set<String> hidden) {
        if (json.isString()) {
            Matcher use = USE.matcher(json.asString());
            while (use.find()) {
                if (!hidden.contains(use.group(1))) {
                    used.add(use.group(1));
                }
            }
        }
        json.forEach(part -> add(part, hidden));
    }
}
