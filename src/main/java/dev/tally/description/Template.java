package dev.tally.description;

import dev.tally.description.Form.IntegerForm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A layer or block call as written: checked as far as it can be before blocks and repeats are expanded. */
final class Template {
    private final Pointer pointer;
    private final String name;
    private final @Nullable List<String> from;
    private final @Nullable IntegerForm repeat;
    private final JsonNode written;
    private final Content content;

    Template(
            Pointer pointer,
            String name,
            @Nullable List<String> from,
            @Nullable IntegerForm repeat,
            JsonNode written,
            Content content) {
        this.pointer = pointer;
        this.name = name;
        this.from = from;
        this.repeat = repeat;
        this.written = written;
        this.content = content;
    }

    /** What is repeated: a layer or a block. */
    sealed interface Content permits LayerContent, BlockContent {}

    /** A layer. Where no expression stands in it, its parts are made once and shared by all its expansions. */
    static final class LayerContent implements Content {
        private static final int MOST_VARIANTS = 1_000;

        private final LayerType<?> type;
        private final @Nullable Form<?>[] forms;
        private final boolean constant;
        private @Nullable List<LayerType.Part> parts;

        /**
         * By the values of the attributes: a description that is expanded again and again has its layers again, not
         * their like. Null where it is expanded once, and remembering would cost more than it saves.
         */
        private final @Nullable Map<List<@Nullable Object>, List<LayerType.Part>> variants;

        /** @param again whether its description is expanded again and again */
        LayerContent(LayerType<?> type, @Nullable Form<?>[] forms, boolean again) {
            this.type = type;
            this.forms = forms;
            this.variants = again ? new ConcurrentHashMap<>() : null;
            boolean fixed = true;
            for (Form<?> form : forms) {
                fixed &= form == null || form.constant();
            }
            this.constant = fixed;
        }

        List<LayerType.Part> parts(Scope scope) {
            List<LayerType.Part> made = parts;
            if (made != null) {
                return made;
            }
            if (variants == null || constant) {
                return make(values(scope));
            }
            AttributeValues values = values(scope);
            List<@Nullable Object> given = values.all();
            List<LayerType.Part> known = variants.get(given);
            if (known == null) {
                known = make(values);
                if (variants.size() < MOST_VARIANTS) {
                    variants.put(given, known);
                }
            }
            return known;
        }

        private AttributeValues values(Scope scope) {
            AttributeValues values = new AttributeValues(type.attributes());
            for (int i = 0; i < forms.length; i++) {
                Form<?> form = forms[i];
                if (form != null) {
                    values.put(i, form.in(scope));
                }
            }
            return values;
        }

        private List<LayerType.Part> make(AttributeValues values) {
            // Unmodifiable lists are whole for whoever sees them: threads that expand one description need no lock.
            List<LayerType.Part> made = List.copyOf(type.parts(values));
            if (constant) {
                parts = made;
            }
            return made;
        }
    }

    /**
     * A call of a block.
     *
     * @param block its name
     * @param arguments the parameters given
     */
    record BlockContent(String block, Map<String, IntegerForm> arguments) implements Content {}

    /**
     * A list of layers: a network's or a block's.
     *
     * @param names the layers' names
     * @param last the name of the last
     */
    record Body(List<Template> layers, Set<String> names, String last) {}

    /**
     * A block's definition.
     *
     * @param parameters its parameters and their defaults; null where a call has to give one
     * @param output the name of the layer that gives its output
     */
    record Block(Pointer pointer, Map<String, @Nullable IntegerForm> parameters, Body body, String output) {}

    Pointer pointer() {
        return pointer;
    }

    /** {@return the place of a property, or of the layer where the property was not written} */
    Pointer pointer(String property) {
        return written.has(property) ? pointer.at(property) : pointer;
    }

    /** {@return the name, given or made up, unique in its list} */
    String name() {
        return name;
    }

    /** {@return whether it is a layer that has no input, and none was named} */
    boolean takesNothing() {
        return from == null && content instanceof LayerContent layer && layer.type.source();
    }

    /** {@return what it takes, by the names in its list, or null for the layer before it} */
    @Nullable
    List<String> from() {
        return from;
    }

    /** {@return how often it is repeated, or null where it is not} */
    @Nullable
    IntegerForm repeat() {
        return repeat;
    }

    Content content() {
        return content;
    }
}
