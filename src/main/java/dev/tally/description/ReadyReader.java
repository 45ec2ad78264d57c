package dev.tally.description;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a network given by the name of a ready one, with whatever it changes of that. */
final class ReadyReader {
    static final String READY = "ready";

    private static final List<String> REPLACEABLE = List.of(Header.NAME, Header.DTYPE, Header.BATCH);
    private static final List<String> PROPERTIES =
            List.of(READY, Header.NAME, Header.DTYPE, Header.BATCH, Header.PARAMETERS);

    private final JsonNode json;
    private final Collection<String> beside;
    private final Errors errors = new Errors();

    /** @param beside the properties that may stand beside the network, and that others read */
    ReadyReader(JsonNode json, Collection<String> beside) {
        this.json = json;
        this.beside = beside;
    }

    /**
     * {@return the network, its layers all written where its name stands}
     *
     * @throws InvalidDescriptionException if there is none of that name, it has not what is to be changed, or does not
     *     work with that
     */
    Described read() {
        JsonNode merged = merge();
        return relocating(json, () -> DescriptionReader.inline(merged));
    }

    /**
     * {@return what is read of a ready network} What its reader did not write stands, for them, where they named it.
     */
    static Described relocating(JsonNode json, Supplier<Described> read) {
        try {
            return new Described(read.get().network(), _ -> "/" + READY);
        } catch (InvalidDescriptionException e) {
            throw new InvalidDescriptionException(e.errors().stream()
                    .map(error -> relocate(json, error))
                    .distinct()
                    .toList());
        }
    }

    private static DescriptionError relocate(JsonNode json, DescriptionError error) {
        if (error.pointer().isEmpty() || !json.at(error.pointer()).isMissingNode()) {
            return error;
        }
        String detail = "at its " + error.pointer() + ": " + error.detail();
        return new DescriptionError(detail, "/" + READY, error.layer());
    }

    /**
     * {@return the description of the ready network, with what is changed of it}
     *
     * @throws InvalidDescriptionException if there is none of that name, or it has not what is to be changed
     */
    JsonNode merge() {
        List<String> known = DescriptionReader.with(beside, PROPERTIES);
        Properties.check(json, Pointer.ROOT, "", "a network by name", known, DescriptionReader.ALIASES, errors);
        ReadyNetwork ready = find(json.path(READY));
        errors.throwIfAny();
        if (ready == null) {
            throw new IllegalStateException("reported above");
        }
        ObjectNode merged = (ObjectNode) ready.json().deepCopy();
        for (String property : REPLACEABLE) {
            if (Properties.isGiven(json.path(property))) {
                merged.set(property, json.path(property));
            }
        }
        mergeParameters(merged, ready.name());
        errors.throwIfAny();
        return merged;
    }

    private @Nullable ReadyNetwork find(JsonNode name) {
        ReadyNetwork ready = name.isString() ? ReadyNetworks.find(name.asString()) : null;
        if (ready == null) {
            String help = name.isString() ? NearestName.help(name.asString(), ReadyNetworks.names()) : "";
            errors.add(
                    Pointer.ROOT.at(READY),
                    "",
                    "there is no ready network " + (name.isString() ? Quoted.of(name.asString()) : Quoted.of(name))
                            + (help.isEmpty() ? "; GET /v1/networks lists them" : help));
        }
        return ready;
    }

    private void mergeParameters(ObjectNode merged, String ready) {
        JsonNode given = json.path(Header.PARAMETERS);
        Pointer pointer = Pointer.ROOT.at(Header.PARAMETERS);
        if (Properties.isGiven(given) && !given.isObject()) {
            errors.add(pointer, "", "expected an object of parameters, got " + Quoted.of(given));
        }
        ObjectNode parameters = merged.path(Header.PARAMETERS).isObject()
                ? (ObjectNode) merged.path(Header.PARAMETERS)
                : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            if (!Properties.isGiven(entry.getValue())) {
                continue;
            }
            if (parameters.has(entry.getKey())) {
                parameters.set(entry.getKey(), entry.getValue());
            } else {
                errors.add(
                        pointer.at(entry.getKey()),
                        "",
                        Parameters.unknown(ready, entry.getKey(), Parameters.declared(parameters)));
            }
        }
    }
}
