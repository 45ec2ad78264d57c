package dev.tally.description;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the layers of one list are called and how they name each other. */
final class LayerNames {
    private static final int LONGEST_BASE = 64;

    private final Errors errors;

    LayerNames(Errors errors) {
        this.errors = errors;
    }

    /**
     * {@return the names of a list's layers, each once}; where left out, the block's or the type's name and a number.
     *
     * @param outer the names that are taken already
     */
    List<String> read(JsonNode layers, Pointer pointer, Set<String> outer) {
        Set<String> taken = new HashSet<>(outer);
        List<String> names = new ArrayList<>(layers.size());
        for (int i = 0; i < layers.size(); i++) {
            JsonNode name = layers.get(i).path(TemplateReader.NAME);
            Pointer at = pointer.at(i).at(TemplateReader.NAME);
            names.add(Properties.isGiven(name) ? given(name, at, taken) : "");
        }
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            if (names.get(i).isEmpty()) {
                String base = base(layers.get(i));
                String name;
                do {
                    name = base + "_" + counts.merge(base, 1, Integer::sum);
                } while (!taken.add(name));
                names.set(i, name);
            }
        }
        return names;
    }

    /** {@return the name as written, or nothing where it is none} */
    private String given(JsonNode json, Pointer pointer, Set<String> taken) {
        String name = errors.orElse("", "", () -> Values.name(json, pointer));
        if (!name.isEmpty() && !taken.add(name)) {
            errors.add(
                    pointer,
                    name,
                    "the name " + Quoted.of(name) + " is already taken"
                            + (name.equals(TemplateReader.INPUT) ? ": it is what the network or block is given" : ""));
        }
        return name;
    }

    private static String base(JsonNode layer) {
        JsonNode block = layer.path(TemplateReader.BLOCK);
        JsonNode base = block.isString() ? block : layer.path(TemplateReader.TYPE);
        return base.isString() && base.asString().length() <= LONGEST_BASE ? base.asString() : "layer";
    }

    /**
     * {@return what a layer takes, or null where that is left out or at fault}
     *
     * @param siblings the names of the layers of its list
     * @param outer what it may take beside them
     */
    @Nullable
    List<String> from(JsonNode json, Pointer pointer, String layer, Set<String> siblings, Set<String> outer) {
        if (!Properties.isGiven(json)) {
            return null;
        }
        try {
            return Values.oneOrMore(json, pointer, (value, at) -> source(value, at, siblings, outer));
        } catch (InvalidValueException e) {
            errors.add(e, layer);
            return null;
        }
    }

    private static String source(JsonNode json, Pointer pointer, Set<String> siblings, Set<String> outer) {
        if (!json.isString()) {
            throw new InvalidValueException(
                    pointer, "expected the name of a layer, or a list of names, got " + Quoted.of(json));
        }
        String source = json.asString();
        if (!siblings.contains(source) && !outer.contains(source)) {
            List<String> candidates = new ArrayList<>(siblings);
            candidates.addAll(outer);
            throw new InvalidValueException(
                    pointer,
                    "there is no layer or input named " + Quoted.of(source) + " here"
                            + NearestName.help(source, candidates));
        }
        return source;
    }
}
