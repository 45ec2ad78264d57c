package dev.tally.description;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A description some of whose parameters are chosen again and again: read once, then expanded to a network for each
 * choice. Several threads may expand one at once.
 */
public final class ParametricDescription {
    private final JsonNode json;
    private final @Nullable JsonNode ready;
    private final Map<String, Long> parameters;
    private final NetworkTemplate template;
    private final Set<String> used;

    private ParametricDescription(
            JsonNode json, @Nullable JsonNode ready, Map<String, Long> parameters, NetworkTemplate template) {
        this.json = json;
        this.ready = ready;
        this.parameters = parameters;
        this.template = template;
        this.used = ParameterUses.of(json);
    }

    /**
     * {@return a description, inline or of a ready network}
     *
     * @param chosen the names of the parameters that will be chosen; the description may have values for them too,
     *     which then do not count, and for others
     * @throws InvalidDescriptionException with the errors that do not depend on what is chosen
     */
    public static ParametricDescription read(JsonNode json, Collection<String> chosen) {
        boolean ready = Properties.isGiven(json.path(ReadyReader.READY));
        return ready ? read(new ReadyReader(json, List.of()).merge(), json, chosen) : read(json, null, chosen);
    }

    private static ParametricDescription read(JsonNode json, @Nullable JsonNode ready, Collection<String> chosen) {
        Errors errors = new Errors();
        DescriptionReader.requireObject(json, errors);
        DescriptionReader.checkProperties(json, List.of(), errors);
        Map<String, Long> parameters = new Parameters(errors).ofNetwork(json);
        Set<String> names = new LinkedHashSet<>(parameters.keySet());
        names.addAll(chosen);
        return new ParametricDescription(json, ready, parameters, NetworkTemplate.read(json, names, true, errors));
    }

    /** {@return the names of the parameters that its expressions use} */
    public Set<String> used() {
        return used;
    }

    /** {@return what to say of a parameter that is chosen and stands in none of its expressions} */
    public String unused(String parameter) {
        String help = NearestName.help(parameter, used);
        return "the parameter " + Quoted.of(parameter) + " is given but not used"
                + (help.isEmpty()
                        ? used.isEmpty()
                                ? "; the network uses none: expected an expression such as \"$width\" in it"
                                : "; the network uses: " + Quoted.list(used)
                        : help);
    }

    /**
     * {@return the network that it is where parameters are so chosen}
     *
     * @throws InvalidDescriptionException if it is none there
     */
    public Described with(Map<String, Long> chosen) {
        return ready == null ? expand(chosen) : ReadyReader.relocating(ready, () -> expand(chosen));
    }

    private Described expand(Map<String, Long> chosen) {
        Map<String, Long> values = new LinkedHashMap<>(parameters);
        values.putAll(chosen);
        Errors errors = new Errors();
        Header header = Header.read(json, values, errors);
        errors.throwIfAny();
        return template.expand(header);
    }
}
