package dev.tally.planning.alternative;

import dev.tally.network.BatchNorm;
import dev.tally.network.Convolving;
import dev.tally.network.Dense;
import dev.tally.network.Layer;
import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Shape;
import dev.tally.network.Subnetworks.Step;
import dev.tally.network.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A layer that is to be designed anew: a convolution, a depthwise convolution or a dense layer, with what is fused into
 * it. A dense layer is seen as a convolution without spatial axes: its features are channels, at the positions of the
 * other axes.
 */
final class Target {
    private final Whole whole;
    private final Step step;
    private final Node node;
    private final Layout layout;
    private final Part original;

    /**
     * A layer of a network.
     *
     * @throws dev.tally.analysis.CountOverflowException if a count of the step is over 2^63-1
     */
    Target(Whole whole, Step step) {
        this.whole = whole;
        this.step = step;
        this.node = step.first();
        this.layout = whole.network().layout();
        this.original = Part.of(step.network());
    }

    /** {@return whether layers of a kind can be designed anew} */
    static boolean suits(Layer layer) {
        return layer instanceof Convolving || layer instanceof Dense;
    }

    Whole whole() {
        return whole;
    }

    Node node() {
        return node;
    }

    /** {@return what is fused into it, in order} */
    List<Node> followers() {
        return step.layers().subList(1, step.layers().size());
    }

    /** {@return the layer as it is, with what is fused into it} */
    Part original() {
        return original;
    }

    Layer layer() {
        return node.layer();
    }

    /** {@return the window; one without axes is no window, so a dense layer has none} */
    Window window() {
        return ((Convolving) layer()).window();
    }

    boolean bias() {
        return layer() instanceof Dense dense ? dense.bias() : ((Convolving) layer()).bias();
    }

    int channels() {
        return node.input().size(featureAxis(node.input()));
    }

    int filters() {
        return node.shape().size(featureAxis(node.shape()));
    }

    int groups() {
        return layer() instanceof Convolving convolving ? convolving.groups(channels()) : 1;
    }

    /** {@return the kernel's sizes, outermost first; none of a dense layer} */
    List<Integer> kernel() {
        return layer() instanceof Convolving
                ? Arrays.stream(window().kernel()).boxed().toList()
                : List.of();
    }

    /** {@return the sizes of the input without its channels} */
    List<Integer> inputPositions() {
        return positions(node.input());
    }

    /** {@return the sizes of the output without its channels} */
    List<Integer> outputPositions() {
        return positions(node.shape());
    }

    private List<Integer> positions(Shape shape) {
        List<Integer> sizes = new ArrayList<>(shape.rank());
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (axis != featureAxis(shape)) {
                sizes.add(shape.size(axis));
            }
        }
        return sizes;
    }

    private int featureAxis(Shape shape) {
        return layer() instanceof Dense ? shape.rank() - 1 : layout.channelAxis(shape.rank());
    }

    /** {@return how many multiplies what is fused into it takes for an element} */
    long followersMultiplies() {
        long own = original.figures().multiplies()
                - ownMultiplies() * whole.network().batch();
        return own / node.shape().elements() / whole.network().batch();
    }

    /** {@return the layer's own multiplies for one sample} */
    long ownMultiplies() {
        long taps = kernel().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        return Math.multiplyExact(Math.multiplyExact(node.shape().elements(), taps), channels() / groups());
    }

    /**
     * What is fused into it has so many parameters.
     *
     * @param perChannel for each channel that it is applied to
     * @param constant however many channels there are
     */
    record FollowersParameters(long perChannel, long constant) {}

    /** {@return the parameters of what is fused into it} */
    FollowersParameters followersParameters() {
        long perChannel = 0;
        long constant = 0;
        for (Node follower : followers()) {
            switch (follower.layer()) {
                case BatchNorm _ -> perChannel += 2;
                case ParametricRelu(boolean each) when each -> perChannel++;
                case ParametricRelu _ -> constant++;
                default -> {} // has none
            }
        }
        // The features of a dense layer are the last axis, the channels of what follows it maybe the first.
        return layout.channelAxis(node.shape().rank()) == featureAxis(node.shape())
                ? new FollowersParameters(perChannel, constant)
                : new FollowersParameters(0, constant + perChannel * layout.channels(node.shape()));
    }
}
