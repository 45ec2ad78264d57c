package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.convolution.ConvolutionAlgorithm;
import dev.tally.kernel.convolution.ConvolutionPlan;
import dev.tally.kernel.convolution.Geometry;
import dev.tally.kernel.image.BlockedCopy;
import dev.tally.kernel.image.BlockedShape;
import dev.tally.kernel.image.Border;
import dev.tally.kernel.image.Image;
import dev.tally.kernel.image.PlaneCopy;
import dev.tally.kernel.operator.BlockedPart;
import dev.tally.network.Dropout;
import dev.tally.network.Identity;
import dev.tally.network.Input;
import dev.tally.network.LearnedTensor;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns stages into tasks: which layouts each reads and writes, with copies from one into the other where they meet.
 */
final class Planner {
    /** Up to this many pixels a row's last tile leaves much of it empty. */
    private static final int SHORT_ROW = 14;

    private final Storage storage;
    private final Layouts layouts;
    private final Learned learned;
    private final Choice choice;
    private final Map<Source, Value> values = new HashMap<>();
    private final Tasks tasks;
    private final Set<String> kernels = new LinkedHashSet<>();
    private final List<Supplier<Map.Entry<Tuner.Case, List<ConvolutionAlgorithm>>>> convolutions = new ArrayList<>();
    private long savedFlops;

    Planner(Storage storage, Layouts layouts, Learned learned, Choice choice) {
        this.storage = storage;
        this.layouts = layouts;
        this.learned = learned;
        this.choice = choice;
        this.tasks = new Tasks(choice.threads());
    }

    /** {@return what is to be computed} */
    Tasks tasks() {
        return tasks;
    }

    /** {@return which kernels convolve; known when operators are made} */
    Set<String> kernels() {
        return kernels;
    }

    /** {@return multiplications and additions of the definition that are not executed; known likewise} */
    long savedFlops() {
        return savedFlops;
    }

    /** Plans what an input of the network is kept in. */
    void plan(Input input) {
        Place place = Place.ofPlanes(storage.elements(input.shape()));
        tasks.keep(place, true);
        values.put(input, Value.ofPlanes(place));
    }

    /** Plans that a tensor can be read after a run, and {@return where} */
    Place keep(Source source) {
        Place place = planes(source);
        tasks.keep(place, false);
        return place;
    }

    /**
     * Plans a stage.
     *
     * @throws UnsupportedNetworkException if there is no kernel for its layer; checked before
     */
    void plan(Stage stage) throws UnsupportedNetworkException {
        Node node = stage.main();
        if (node.layer() instanceof Dropout || node.layer() instanceof Identity) {
            values.put(node, value(node.from().getFirst()));
        } else if (Views.shares(node, storage)) {
            values.put(node, Value.ofPlanes(planes(node.from().getFirst())));
        } else if (stage.pool() != null) {
            planPoolFirst(stage, stage.pool());
        } else if (Geometries.has(node.layer())) {
            plan(stage, stage.input(), layouts.geometry(node), layouts.geometry(node));
        } else if (layouts.isBlocked(node)) {
            values.put(stage.output(), Value.ofBlocks(new BlockedLayers(this, storage, learned).plan(stage)));
        } else {
            values.put(node, Value.ofPlanes(inPlanes(node)));
        }
    }

    private Place inPlanes(Node node) throws UnsupportedNetworkException {
        List<Place> inputs = node.from().stream().map(this::planes).toList();
        Place output = Place.ofPlanes(storage.elements(node.shape()));
        Maker maker = Makers.of(node, storage, choice);
        if (node.layer() instanceof LearnedTensor) {
            // Filled when it is made, and not again.
            tasks.keep(output, true);
        }
        tasks.add(
                inputs,
                output,
                setting -> maker.make(new Step(
                        node,
                        storage,
                        inputs.stream().map(Place::buffer).toList(),
                        output.buffer(),
                        learned,
                        setting)));
        return output;
    }

    /** A convolution of one tap and an average of pixels are linear both: averaging first leaves fewer pixels. */
    private void planPoolFirst(Stage stage, Node pool) {
        Geometry geometry = layouts.geometry(stage.main());
        BlockedLayers blockedLayers = new BlockedLayers(this, storage, learned);
        Place input = blocks(stage.input());
        if (!stage.before().isEmpty()) {
            input = blockedLayers.rescaled(stage, input);
        }
        int[] sizes = storage.spatial(pool.shape());
        BlockedShape pooled =
                new BlockedShape(storage.batch(), geometry.ic(), sizes[1], sizes[2], choice.lanes(), Border.NONE);
        Place output = Place.ofBlocks(pooled);
        Place from = input;
        tasks.add(
                List.of(from),
                output,
                setting -> BlockedPools.of(pool, storage, from.blocks(), output.blocks(), setting));
        // An average is taken of other channels than by the definition.
        savedFlops += (geometry.oc() - geometry.ic()) * geometry.outputPlane() * geometry.mb();
        values.put(pool, Value.ofBlocks(output));
        plan(stage.withoutBefore(), pool, geometry, geometry.of(sizes[1], sizes[2]));
    }

    /**
     * Plans a convolution.
     *
     * @param from what it reads
     * @param defined its geometry by the definition
     * @param geometry that it is computed by
     */
    private void plan(Stage stage, Source from, Geometry defined, Geometry geometry) {
        ConvolutionAlgorithm algorithm = layouts.algorithm(stage.main());
        Source added = stage.residual();
        boolean isBlocked = layouts.isBlocked(stage.main());
        boolean reads = isBlocked && !(algorithm.readsPlanes() && value(from).blocks() == null);
        Place source = reads ? blocks(from) : planes(from);
        Place residual = added == null ? null : blocks(added);
        Place output = isBlocked
                ? Place.ofBlocks(new BlockedShape(
                        geometry.mb(),
                        geometry.oc(),
                        geometry.h().out(),
                        geometry.w().out(),
                        choice.lanes(),
                        Border.NONE))
                : Place.ofPlanes(storage.elements(stage.main().shape()));
        Place input = reads && !geometry.border().equals(Border.NONE) ? bordered(source, geometry) : source;
        tasks.add(residual == null ? List.of(input) : List.of(input, residual), output, setting -> {
            Image given = reads ? input.blocks() : input.planes();
            Image result = isBlocked ? output.blocks() : output.planes();
            ConvolutionAlgorithm tuned =
                    isBlocked ? Tuner.fastest(layer(stage, geometry, reads ? input : null, residual, output)) : null;
            ConvolutionPlan plan = Products.plan(
                    stage,
                    tuned == null ? algorithm : tuned,
                    geometry,
                    new Products.Images(given, residual == null ? null : residual.blocks(), result),
                    learned,
                    setting);
            note(stage, defined, plan);
            return plan::run;
        });
        if (isBlocked) {
            convolutions.add(() -> Map.entry(
                    layer(stage, geometry, reads ? input : null, residual, output),
                    choice.candidates(
                            geometry,
                            each -> (reads || each.readsPlanes())
                                    && (residual == null || each.addsResidual())
                                    && (stage.before().isEmpty() || each.rescales(geometry)))));
        }
        values.put(stage.output(), isBlocked ? Value.ofBlocks(output) : Value.ofPlanes(output));
    }

    /**
     * {@return the place of an input with the zeros around it that taps read} Small images are copied to where they
     * have some: rows without zeros beside each other are one long row for whoever writes them, and fill whole tiles.
     */
    private Place bordered(Place input, Geometry geometry) {
        if (geometry.w().in() > SHORT_ROW || geometry.groupIc() == 1) {
            input.needs(geometry.border());
            return input;
        }
        Place copy = Place.ofBlocks(input.images());
        copy.needs(geometry.border());
        tasks.add(List.of(input), copy, setting -> new BlockedPart(input.blocks(), copy.blocks(), setting));
        return copy;
    }

    private Tuner.Case layer(
            Stage stage, Geometry geometry, @Nullable Place input, @Nullable Place residual, Place output) {
        return new Tuner.Case(
                geometry,
                input == null ? null : input.border(),
                !stage.before().isEmpty(),
                residual == null ? null : residual.border(),
                output.border(),
                stage.rectifier(),
                choice.lanes(),
                choice.threads(),
                choice.forced());
    }

    /** {@return the convolutions that several algorithms may compute, each once; known when all stages are planned} */
    Map<Tuner.Case, List<ConvolutionAlgorithm>> contests() {
        Map<Tuner.Case, List<ConvolutionAlgorithm>> contests = new LinkedHashMap<>();
        convolutions.stream()
                .map(Supplier::get)
                .filter(each -> each.getValue().size() > 1 && Tuner.isWorthIt(each.getKey(), each.getValue()))
                .forEach(each -> contests.put(each.getKey(), each.getValue()));
        return contests;
    }

    private void note(Stage stage, Geometry geometry, ConvolutionPlan plan) {
        savedFlops += geometry.flops() - plan.flops();
        for (Node norm : stage.norms()) {
            // A product and a sum for each element, which are in the weights by now.
            savedFlops += 2 * storage.elements(norm.shape());
        }
        if (Geometries.convolves(stage.main().layer())) {
            kernels.add(plan.id());
        }
    }

    /** {@return the sizes of a tensor in blocks} */
    BlockedShape shape(Shape shape) {
        int[] sizes = storage.spatial(shape);
        return new BlockedShape(
                storage.batch(), storage.channels(shape), sizes[1], sizes[2], choice.lanes(), Border.NONE);
    }

    private Value value(Source source) {
        Value value = values.get(source);
        if (value == null) {
            throw new IllegalStateException(source + " is nowhere");
        }
        return value;
    }

    /** {@return where a tensor is in planes, brought there if it is not} */
    Place planes(Source source) {
        Value value = value(source);
        Place there = value.planes();
        if (there != null) {
            return there;
        }
        Place from = blocks(source);
        Place place = Place.ofPlanes(storage.elements(source.shape()));
        tasks.add(List.of(from), place, setting -> new PlaneCopy(from.blocks(), place.planes(), setting)::run);
        value.planes(place);
        return place;
    }

    /** {@return where a tensor is in blocks, brought there if it is not} */
    Place blocks(Source source) {
        Value value = value(source);
        Place there = value.blocks();
        if (there != null) {
            return there;
        }
        Place from = planes(source);
        Place place = Place.ofBlocks(shape(source.shape()));
        tasks.add(List.of(from), place, setting -> new BlockedCopy(from.planes(), place.blocks(), setting)::run);
        value.blocks(place);
        return place;
    }
}
