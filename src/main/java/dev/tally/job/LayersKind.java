package dev.tally.job;

import dev.tally.description.Described;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.Pointer;
import dev.tally.description.Quoted;
import dev.tally.network.Subnetworks;
import dev.tally.network.Subnetworks.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Layers by themselves, of the networks that one description makes of different parameters: those of a sweep whose
 * times are not known. A request has the description once, and for each choice of parameters the names of the layers
 * that are measured of it, each with what is fused into it:
 *
 * <pre>{@code
 * {"network": {"ready": "inception-3a", …},
 *  "points": [{"parameters": {"reduce": 16}, "layers": ["5x5/reduce", "5x5"]}, …],
 *  "measure": {…}}
 * }</pre>
 */
@Component
public final class LayersKind implements JobKind {
    /** The name of the kind. */
    public static final String ID = "layers";

    /** The properties of a request, {@link MeasureReader#MEASURE} aside. */
    public static final String NETWORK = "network";

    public static final String POINTS = "points";
    public static final String PARAMETERS = "parameters";
    public static final String LAYERS = "layers";

    /** Whether there are more layers, which no job of this size can measure; for who reads what it found. */
    public static final String MORE = "more";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public MeasuredNetworks read(JsonNode request, MeasureReader reader) {
        Errors errors = new Errors();
        MeasureRequest asked = reader.read(request, MeasureDefaults.MANY, errors);
        List<CountedNetwork> layers = layers(request, errors);
        errors.throwIfAny();
        return MeasuredNetworks.each(Objects.requireNonNull(asked, "only what measures becomes a job"), layers);
    }

    /**
     * {@return the layers that a request names, each as a network of its own, counted}
     *
     * @param errors gets what is at fault
     */
    public static List<CountedNetwork> layers(JsonNode request, Errors errors) {
        List<CountedNetwork> layers = new ArrayList<>();
        JsonNode points = request.path(POINTS);
        for (int i = 0; i < points.size(); i++) {
            JsonNode point = points.get(i);
            Pointer at = Pointer.ROOT.at(POINTS).at(i);
            Described described =
                    errors.orNull(at, () -> DescriptionReader.read(at(request.path(NETWORK), point.path(PARAMETERS))));
            if (described != null) {
                add(described, point.path(LAYERS), at.at(LAYERS), layers, errors);
            }
        }
        if (layers.isEmpty()) {
            errors.add(Pointer.ROOT.at(POINTS), "", "expected at least one layer, got " + Quoted.of(points));
        }
        return layers;
    }

    /** {@return the description with these parameters in place of its own} */
    private static JsonNode at(JsonNode network, JsonNode parameters) {
        boolean replaceable = network.path(PARAMETERS).isMissingNode()
                || network.path(PARAMETERS).isNull()
                || network.path(PARAMETERS).isObject();
        if (!(network instanceof ObjectNode description) || !replaceable) {
            return network; // the reader says what is wrong
        }
        ObjectNode changed = description.deepCopy();
        ObjectNode replaced = changed.withObjectProperty(PARAMETERS);
        parameters.properties().forEach(parameter -> replaced.set(parameter.getKey(), parameter.getValue()));
        return changed;
    }

    private static void add(
            Described described, JsonNode names, Pointer at, List<CountedNetwork> layers, Errors errors) {
        Map<String, Step> steps = new HashMap<>();
        Subnetworks.of(described.network())
                .forEach(step -> steps.put(step.first().name(), step));
        for (int i = 0; i < names.size(); i++) {
            Step step = steps.get(names.get(i).asString(""));
            if (step == null) {
                errors.add(
                        at.at(i),
                        "",
                        "expected the name of a layer that writes a tensor, got " + Quoted.of(names.get(i)));
            } else {
                layers.add(CountedNetwork.of(new Described(step.network(), _ -> ""), at.at(i)));
            }
        }
    }
}
