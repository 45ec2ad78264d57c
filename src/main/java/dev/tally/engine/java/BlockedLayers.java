package dev.tally.engine.java;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Rescaling;
import dev.tally.kernel.operator.BlockedElements;
import dev.tally.kernel.operator.BlockedPart;
import dev.tally.kernel.operator.BlockedRescaling;
import dev.tally.kernel.operator.BlockedSum;
import dev.tally.network.Activation;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Elementwise;
import dev.tally.network.Node;
import dev.tally.network.Pooling;
import dev.tally.network.Source;
import java.util.List;

/** Plans layers that are no convolutions, on images in blocks of channels. */
final class BlockedLayers {
    private final Planner planner;
    private final Storage storage;
    private final Learned learned;

    BlockedLayers(Planner planner, Storage storage, Learned learned) {
        this.planner = planner;
        this.storage = storage;
        this.learned = learned;
    }

    /** {@return where the result of a stage that stays in blocks is to be} */
    Place plan(Stage stage) {
        Node node = stage.main();
        Place output = Place.ofBlocks(planner.shape(node.shape()));
        switch (node.layer()) {
            case Concat _ -> concatenate(node, output);
            case Elementwise(var operator) -> {
                Place one = planner.blocks(node.from().getFirst());
                Place other = planner.blocks(node.from().getLast());
                boolean sum = operator == Elementwise.Operator.ADD;
                planner.tasks()
                        .add(
                                List.of(one, other),
                                output,
                                setting -> sum
                                        ? new BlockedSum(
                                                one.blocks(),
                                                other.blocks(),
                                                output.blocks(),
                                                stage.rectifier(),
                                                setting)
                                        : BlockedRescaling.by(other.blocks(), one.blocks(), output.blocks(), setting));
            }
            default -> planOfOne(stage, planner.blocks(node.from().getFirst()), output);
        }
        return output;
    }

    /** {@return where an input is once it was rescaled as a stage does before its main layer} */
    Place rescaled(Stage stage, Place input) {
        Place output = Place.ofBlocks(input.images());
        planner.tasks()
                .add(
                        List.of(input),
                        output,
                        setting -> BlockedRescaling.of(
                                input.blocks(), output.blocks(), Products.rescaling(stage, learned), setting));
        return output;
    }

    private void planOfOne(Stage stage, Place input, Place output) {
        Node node = stage.main();
        planner.tasks().add(List.of(input), output, setting -> switch (node.layer()) {
            case Pooling _, AdaptivePooling _ ->
                BlockedPools.of(node, storage, input.blocks(), output.blocks(), setting);
            case BatchNorm layer ->
                BlockedRescaling.of(
                        input.blocks(),
                        output.blocks(),
                        Affine.of(layer, node, learned).rescaling(stage.rectifier()),
                        setting);
            case Activation(var function) -> {
                Rectifier rectifier = Stages.rectifier(node);
                yield rectifier == Rectifier.NONE
                        ? new BlockedElements(input.blocks(), output.blocks(), Makers.function(function), setting)
                        : BlockedRescaling.of(
                                input.blocks(),
                                output.blocks(),
                                Rescaling.none(storage.channels(node.shape()), rectifier),
                                setting);
            }
            default -> throw new IllegalStateException(node + " does not stay in blocks");
        });
    }

    /** What is concatenated becomes a part of the result where it can: it is in one concatenation alone. */
    private void concatenate(Node node, Place output) {
        int block = 0;
        for (Source source : node.from()) {
            Place input = planner.blocks(source);
            if (input.isPart()) {
                Place part = Place.ofBlocks(planner.shape(source.shape()));
                part.becomePartOf(output, block);
                planner.tasks()
                        .add(List.of(input), part, setting -> new BlockedPart(input.blocks(), part.blocks(), setting));
            } else {
                input.becomePartOf(output, block);
            }
            block += input.images().blocks();
        }
    }
}
