package dev.tally.description;

import dev.tally.description.Form.IntegerForm;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads parameters: a network's and their values, a block's and their defaults, a call's. */
final class Parameters {
    private static final int MOST_OF_A_NETWORK = 256;
    private static final int MOST_OF_A_BLOCK = 100;

    /** What {@link ExpressionParser} reads after a dollar sign. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]{0,63}");

    private final Errors errors;

    Parameters(Errors errors) {
        this.errors = errors;
    }

    /** {@return the values of the parameters of a network's description; 1 where the value is at fault} */
    Map<String, Long> ofNetwork(JsonNode description) {
        JsonNode json = description.path(Header.PARAMETERS);
        Pointer pointer = Pointer.ROOT.at(Header.PARAMETERS);
        Map<String, Long> parameters = new LinkedHashMap<>();
        if (Properties.isGiven(json) && !json.isObject()) {
            errors.add(pointer, "", "expected an object of parameters and their values, got " + Quoted.of(json));
        }
        if (json.size() > MOST_OF_A_NETWORK) {
            errors.add(pointer, "", "expected at most " + MOST_OF_A_NETWORK + " parameters, got " + json.size());
            return parameters;
        }
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (Properties.isGiven(entry.getValue())) {
                Pointer at = pointer.at(entry.getKey());
                parameters.put(entry.getKey(), errors.orElse(1L, "", () -> value(entry, at)));
            }
        }
        return parameters;
    }

    private static long value(Map.Entry<String, JsonNode> parameter, Pointer pointer) {
        checkName(parameter.getKey(), pointer);
        return Values.integer(parameter.getValue(), pointer, Set.of(), Integer.MIN_VALUE)
                .in(Scope.NONE);
    }

    /** {@return the names that a block declares, whether or not they are well made} */
    static Set<String> declared(JsonNode json) {
        Set<String> names = new LinkedHashSet<>(json.isObject() ? json.propertyNames() : Set.of());
        if (json.isArray()) {
            json.valueStream().filter(JsonNode::isString).forEach(name -> names.add(name.asString()));
        }
        return names;
    }

    /**
     * {@return the parameters that a block declares and their defaults, null where a call has to give one}
     *
     * @param known the parameters that a default may use
     */
    Map<String, @Nullable IntegerForm> ofBlock(JsonNode json, Pointer pointer, Set<String> known) {
        Map<String, @Nullable IntegerForm> defaults = new LinkedHashMap<>();
        if (json.size() > MOST_OF_A_BLOCK) {
            errors.add(
                    pointer, "", "expected at most " + MOST_OF_A_BLOCK + " parameters of a block, got " + json.size());
            return defaults;
        }
        try {
            if (json.isArray()) {
                for (int i = 0; i < json.size(); i++) {
                    String name = name(json.get(i), pointer.at(i));
                    if (defaults.containsKey(name)) {
                        errors.add(pointer.at(i), "", "the parameter " + Quoted.of(name) + " is named twice");
                    }
                    defaults.put(name, null);
                }
            } else if (json.isObject()) {
                for (Map.Entry<String, JsonNode> entry : json.properties()) {
                    Pointer at = pointer.at(entry.getKey());
                    checkName(entry.getKey(), at);
                    JsonNode value = entry.getValue();
                    defaults.put(
                            entry.getKey(),
                            value.isNull() ? null : Values.integer(value, at, known, Integer.MIN_VALUE));
                }
            } else if (Properties.isGiven(json)) {
                errors.add(
                        pointer,
                        "",
                        "expected a list of names, or an object of names and their defaults, got " + Quoted.of(json));
            }
        } catch (InvalidValueException e) {
            errors.add(e, "");
        }
        return defaults;
    }

    /**
     * {@return what a call gives}
     *
     * @param block the name of what it calls
     * @param declared the parameters of that
     * @param known the parameters that the values may use
     */
    Map<String, IntegerForm> ofCall(
            JsonNode json, Pointer pointer, String layer, String block, Set<String> declared, Set<String> known) {
        Map<String, IntegerForm> arguments = new LinkedHashMap<>();
        if (Properties.isGiven(json) && !json.isObject()) {
            errors.add(pointer, layer, "expected an object of parameters, got " + Quoted.of(json));
        }
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!Properties.isGiven(entry.getValue())) {
                continue;
            }
            Pointer at = pointer.at(entry.getKey());
            if (!declared.contains(entry.getKey())) {
                errors.add(at, layer, unknown("the block " + Quoted.of(block), entry.getKey(), declared));
                continue;
            }
            try {
                arguments.put(entry.getKey(), Values.integer(entry.getValue(), at, known, Integer.MIN_VALUE));
            } catch (InvalidValueException e) {
                errors.add(e, layer);
            }
        }
        return arguments;
    }

    /** {@return what to say where an owner has no parameter of that name} */
    static String unknown(String owner, String name, Set<String> declared) {
        String help = NearestName.help(name, declared);
        String has = declared.isEmpty() ? "; it takes none" : "; it takes: " + Quoted.list(declared);
        return owner + " has no parameter " + Quoted.of(name) + (help.isEmpty() ? has : help);
    }

    private static String name(JsonNode json, Pointer pointer) {
        if (!json.isString()) {
            throw new InvalidValueException(pointer, "expected a parameter's name, got " + Quoted.of(json));
        }
        checkName(json.asString(), pointer);
        return json.asString();
    }

    private static void checkName(String name, Pointer pointer) {
        if (!NAME.matcher(name).matches() || name.equals(Scope.INDEX)) {
            throw new InvalidValueException(
                    pointer,
                    "expected a parameter's name of letters, digits and \"_\", not \"index\", got " + Quoted.of(name));
        }
    }
}
