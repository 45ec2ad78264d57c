package dev.tally.description;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A property of a layer.
 *
 * @param name its name in JSON
 * @param aliases what other tools call it; never accepted, offered as a correction
 * @param kind what its value looks like
 * @param defaultValue its value where it is left out; null where that depends, or where it may not be left out
 * @param required whether it may not be left out
 * @param help what it means, one sentence
 * @param ownExample a value for examples where any of its kind would not do; null where it would
 * @param <T> its type in Java
 */
public record Attribute<T>(
        String name,
        List<String> aliases,
        AttributeKind<T> kind,
        @Nullable T defaultValue,
        boolean required,
        String help,
        @Nullable JsonNode ownExample) {
    public Attribute {
        aliases = List.copyOf(aliases);
    }

    static <T> Attribute<T> required(String name, AttributeKind<T> kind, String help, String... aliases) {
        return new Attribute<>(name, List.of(aliases), kind, null, true, help, null);
    }

    static <T> Attribute<T> optional(
            String name, AttributeKind<T> kind, T defaultValue, String help, String... aliases) {
        return new Attribute<>(name, List.of(aliases), kind, defaultValue, false, help, null);
    }

    /** An attribute whose default depends on others; the help says how. */
    static <T> Attribute<T> dependent(String name, AttributeKind<T> kind, String help, String... aliases) {
        return new Attribute<>(name, List.of(aliases), kind, null, false, help, null);
    }

    /** {@return the same attribute, which examples show with this value} */
    Attribute<T> example(T value) {
        return new Attribute<>(name, aliases, kind, defaultValue, required, help, kind.write(value));
    }

    /** {@return a value as it may be written, for examples} */
    JsonNode example() {
        return ownExample == null ? kind.example() : ownExample;
    }

    /** {@return the JSON for the default value, or null where there is none} */
    public @Nullable JsonNode defaultJson() {
        return defaultValue == null ? null : kind.write(defaultValue);
    }
}
