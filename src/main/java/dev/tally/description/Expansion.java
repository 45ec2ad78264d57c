package dev.tally.description;

import dev.tally.description.Form.IntegerForm;
import dev.tally.description.Template.Block;
import dev.tally.description.Template.BlockContent;
import dev.tally.description.Template.Body;
import dev.tally.description.Template.LayerContent;
import dev.tally.network.InvalidLayerException;
import dev.tally.network.LayerDraft;
import dev.tally.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Expands templates to layers: calls blocks, repeats, works expressions out.
 *
 * <p>What one template becomes is named after it: the layers of a block call {@code 3a} are {@code 3a/…}, the
 * repetitions of {@code x} are {@code x/0}, {@code x/1}, …, the activation of a convolution {@code c} is
 * {@code c/relu}. The name itself stands for the output of all that.
 */
final class Expansion {
    private static final int DEEPEST = 32;
    private static final int MOST_STEPS = 4 * Network.MAX_EDGES;

    /** An expression takes about as long as resolving this many names. */
    private static final int STEPS_OF_A_PARAMETER = 10;

    private static final String MOST_LAYERS = Network.MAX_LAYERS + " layers";
    private static final String MOST_EDGES = Network.MAX_EDGES + " inputs over all layers";

    /**
     * The answer repeats the names of what a layer takes: many takers of long names would make it huge, as would the
     * paths of blocks within blocks.
     */
    private static final int MOST_NAMED = 10_000_000;

    private static final String MOST_NAMES = MOST_NAMED + " characters in the names that its layers take and give";
    private static final String STEPS = MOST_STEPS + " steps to work out";

    private final Errors errors;
    private final Map<String, Block> blocks;
    private final List<Expanded> expanded = new ArrayList<>();
    private final OutputNames outputs = new OutputNames();
    private final Map<String, Template> leftOut = new LinkedHashMap<>();
    private final List<String> callers = new ArrayList<>();
    private int attempts;
    private int steps;
    private long edges;
    private long named;

    Expansion(Errors errors, Map<String, Block> blocks) {
        this.errors = errors;
        this.blocks = blocks;
    }

    /**
     * @param origin what it was expanded from
     * @param part whether it belongs to the layer before it: what it takes is that layer, not what that layer's name
     *     stands for
     */
    private record Expanded(LayerDraft draft, Template origin, boolean part) {}

    /** What was expanded is more than a network may be; reported already. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("reported", null, false, false);
        }
    }

    /**
     * Expands a network's layers.
     *
     * @param given the names of the network's inputs
     */
    void expand(Body body, List<String> given, Scope scope) {
        try {
            expand(body, "", given, scope);
            checkNames();
            checkLeftOut();
        } catch (TooLarge e) {
            errors.throwIfAny();
        }
    }

    /** A name that stands for what a block or repeat gives must not be a layer's as well. */
    private void checkNames() {
        for (int i = 0; i < expanded.size(); i++) {
            Expanded layer = expanded.get(i);
            boolean hasParts = i + 1 < expanded.size() && expanded.get(i + 1).part();
            if (!layer.part() && !hasParts && outputs.contains(layer.draft().name())) {
                taken(layer.draft().name(), layer.origin());
            }
        }
    }

    private void taken(String name, Template template) {
        errors.add(template.pointer("name"), name, "the name " + Quoted.of(name) + " is already taken");
    }

    private void standsFor(String name, String output, Template template) {
        name(name, template, name);
        name(output, template, name);
        if (!outputs.add(name, output)) {
            taken(name, template);
        }
    }

    /** {@return the layers, their inputs by the names of layers and inputs; a list made anew} */
    List<LayerDraft> drafts() {
        List<LayerDraft> drafts = new ArrayList<>(expanded.size());
        for (Expanded layer : expanded) {
            drafts.add(layer.part() || outputs.isEmpty() ? layer.draft() : withOutputs(layer.draft()));
        }
        return drafts;
    }

    private LayerDraft withOutputs(LayerDraft draft) {
        List<String> from = new ArrayList<>(draft.from().size());
        boolean changed = false;
        for (String name : draft.from()) {
            String output = output(name);
            from.add(output);
            changed |= !output.equals(name);
        }
        return changed ? new LayerDraft(draft.name(), draft.type(), draft.layer(), List.copyOf(from)) : draft;
    }

    /** {@return what the layer at a position was expanded from} */
    Template origin(int position) {
        return expanded.get(position).origin();
    }

    /** {@return the name of the layer that gives what goes by this name} */
    String output(String name) {
        return outputs.end(name);
    }

    private void expand(Body body, String prefix, List<String> given, Scope scope) {
        String before = "";
        for (Template template : body.layers()) {
            String name = prefix + template.name();
            List<String> from = template.takesNothing() ? List.of() : from(template, body, prefix, before, given);
            repeat(template, name, from, scope);
            before = name;
        }
    }

    private List<String> from(Template template, Body body, String prefix, String before, List<String> given) {
        List<String> names = template.from();
        if (names == null) {
            if (!before.isEmpty()) {
                return List.of(before);
            }
            if (prefix.isEmpty() && given.size() > 1) {
                errors.add(
                        template.pointer(),
                        template.name(),
                        "the network has several inputs: the first layer needs \"from\", one or more of "
                                + Quoted.list(given));
            }
            return given;
        }
        List<String> from = new ArrayList<>(names.size());
        for (String name : names) {
            work(name.equals(TemplateReader.INPUT) ? given.size() : 1, template, prefix + template.name());
            if (body.names().contains(name)) {
                from.add(prefix + name);
            } else if (name.equals(TemplateReader.INPUT) && !(prefix.isEmpty() && given.contains(name))) {
                from.addAll(given);
            } else {
                from.add(name); // an input of the network
            }
        }
        return from;
    }

    private void repeat(Template template, String name, List<String> from, Scope scope) {
        checkLength(name, template);
        IntegerForm repeat = template.repeat();
        if (repeat == null) {
            once(template, name, from, scope);
            return;
        }
        int times = evaluate(repeat, name, scope, 1);
        if (times == 0) {
            leaveOut(template, name, from);
            return;
        }
        if (times > 1 && template.takesNothing()) {
            errors.add(
                    template.pointer("repeat"),
                    name,
                    "a layer that takes no input makes no chain: expected it to be repeated once, got " + times);
            times = 1;
        }
        List<String> takes = from;
        for (int i = 0; i < times; i++) {
            String numbered = name + "/" + i;
            once(template, numbered, takes, scope.withIndex(i));
            takes = List.of(numbered);
        }
        standsFor(name, name + "/" + (times - 1), template);
    }

    /** What is repeated no time hands on what it would take. */
    private void leaveOut(Template template, String name, List<String> from) {
        if (from.size() == 1) {
            attempt(template, name);
            leftOut.put(name, template);
            standsFor(name, from.getFirst(), template);
        } else {
            errors.add(
                    template.pointer("repeat"),
                    name,
                    "a layer that is repeated 0 times hands on the one input that it would take; this one takes "
                            + (from.isEmpty() ? "none" : from.size()));
        }
    }

    private void checkLeftOut() {
        String name = outputs.circle(leftOut.keySet());
        if (name != null) {
            Template template = Objects.requireNonNull(leftOut.get(name));
            errors.add(
                    template.pointer("from"),
                    name,
                    "this layer is repeated 0 times, and what it hands on leads back to itself");
            throw new TooLarge();
        }
    }

    private void checkLength(String name, Template template) {
        if (name.length() > Values.LONGEST_NAME) {
            errors.add(
                    template.pointer(),
                    name,
                    "the name of this layer, with those of the blocks around it, is longer than " + Values.LONGEST_NAME
                            + " characters");
            throw new TooLarge();
        }
    }

    private void once(Template template, String name, List<String> from, Scope scope) {
        switch (template.content()) {
            case LayerContent layer -> layer(layer, template, name, from, scope);
            case BlockContent call -> call(call, template, name, from, scope);
        }
    }

    private void layer(LayerContent layer, Template template, String name, List<String> from, Scope scope) {
        attempt(template, name);
        try {
            String before = "";
            for (LayerType.Part part : layer.parts(scope)) {
                String partName = name + part.suffix();
                boolean first = before.isEmpty();
                add(
                        new LayerDraft(partName, part.type(), part.layer(), first ? from : List.of(before)),
                        template,
                        !first);
                before = partName;
            }
            if (!before.equals(name)) {
                standsFor(name, before, template);
            }
        } catch (InvalidValueException e) {
            errors.add(e, name);
        } catch (InvalidLayerException e) {
            errors.add(template.pointer(e.attribute()), name, e.getMessage());
        }
    }

    private void add(LayerDraft draft, Template template, boolean part) {
        checkLength(draft.name(), template);
        edges += draft.from().size();
        if (edges > Network.MAX_EDGES) {
            throw tooLarge(MOST_EDGES, template, draft.name());
        }
        draft.from().forEach(name -> name(name, template, draft.name()));
        if (expanded.size() == Network.MAX_LAYERS) {
            throw tooLarge(MOST_LAYERS, template, draft.name());
        }
        expanded.add(new Expanded(draft, template, part));
    }

    /** Bounds the work where calls, which are no layers, take or are given much. */
    private void work(int count, Template template, String name) {
        steps += count;
        if (steps > MOST_STEPS) {
            throw tooLarge(STEPS, template, name);
        }
    }

    /** Bounds what the names of all that was expanded take, here and in the answer. */
    private void name(String name, Template template, String layer) {
        named += name.length();
        if (named > MOST_NAMED) {
            throw tooLarge(MOST_NAMES, template, layer);
        }
    }

    /** Bounds the work also where nothing is added because everything is at fault. */
    private void attempt(Template template, String name) {
        if (++attempts > Network.MAX_LAYERS) {
            throw tooLarge(MOST_LAYERS, template, name);
        }
    }

    private TooLarge tooLarge(String most, Template template, String name) {
        errors.add(
                template.pointer("repeat"),
                name,
                "the network has more than " + most + " when its blocks and repeats are expanded");
        return new TooLarge();
    }

    private void call(BlockContent call, Template template, String name, List<String> from, Scope scope) {
        if (callers.contains(call.block())) {
            List<String> circle = new ArrayList<>(callers.subList(callers.indexOf(call.block()), callers.size()));
            circle.add(call.block());
            errors.add(
                    template.pointer("block"),
                    name,
                    "the blocks call each other in a circle: " + Quoted.list(circle, " → "));
            throw new TooLarge();
        }
        if (callers.size() == DEEPEST) {
            errors.add(template.pointer("block"), name, "blocks call each other more than " + DEEPEST + " deep");
            throw new TooLarge();
        }
        Block block = blocks.get(call.block());
        if (block == null) {
            attempt(template, name);
            return; // its definition is at fault, and said so
        }
        work(STEPS_OF_A_PARAMETER * block.parameters().size(), template, name);
        Map<String, Long> parameters = new HashMap<>();
        block.parameters().forEach((parameter, preset) -> {
            IntegerForm argument = call.arguments().get(parameter);
            if (argument != null) {
                parameters.put(parameter, (long) evaluate(argument, name, scope, 1));
            } else if (preset != null) {
                parameters.put(parameter, (long) evaluate(preset, name, scope.outsideOfBlocks(), 1));
            } else {
                errors.add(
                        template.pointer("parameters"),
                        name,
                        "the block " + Quoted.of(call.block()) + " needs the parameter " + Quoted.of(parameter));
                parameters.put(parameter, 1L);
            }
        });
        callers.add(call.block());
        expand(block.body(), name + "/", from, scope.inBlock(parameters));
        callers.removeLast();
        standsFor(name, name + "/" + block.output(), template);
    }

    private int evaluate(IntegerForm form, String name, Scope scope, int otherwise) {
        try {
            return form.in(scope);
        } catch (InvalidValueException e) {
            errors.add(e, name);
            return otherwise;
        }
    }
}
