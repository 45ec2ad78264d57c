package dev.tally.engine.reference;

import dev.tally.network.Activation;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attending;
import dev.tally.network.BatchNorm;
import dev.tally.network.Convolving;
import dev.tally.network.Dense;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.Flatten;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.Identity;
import dev.tally.network.LearnedTensor;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Normalizing;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Pooling;
import dev.tally.network.Rearranging;
import dev.tally.network.Reduce;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.Softmax;
import dev.tally.network.TransposedConvolution;
import dev.tally.tensor.Weights;
import java.util.List;

/** What every layer gives, by its definition: the plainest loops, in double precision. */
public final class ReferenceLayers {
    private ReferenceLayers() {}

    /**
     * {@return what a layer gives, an element at a time: worked out as it is asked for, so that a few points of a large
     * layer cost little. What elements share (a norm's mean, a row of softmax, projections) is worked out once, when
     * the first of them is asked for}
     *
     * @param node a layer of the network
     * @param network says where channels stand, and how many samples there are
     * @param inputs what the layer's sources gave, in order
     * @param weights what it stores
     */
    public static Values of(Node node, Network network, List<Values> inputs, Weights weights) {
        Operands on = new Operands(node, network.layout(), network.batch(), List.copyOf(inputs), weights);
        return switch (node.layer()) {
            case Convolving layer -> WeightedLayers.convolution(layer, on);
            case TransposedConvolution layer -> WeightedLayers.transposed(layer, on);
            case Dense layer -> WeightedLayers.dense(layer.units(), on);
            case Attending layer -> AttendingLayers.of(layer, on);
            case MatMul layer -> ArithmeticLayers.product(layer, on);
            case Elementwise layer -> ArithmeticLayers.elementwise(layer, on);
            case Reduce layer -> ArithmeticLayers.reduce(layer, on);
            case Activation(var function) ->
                index -> Functions.apply(function, on.input().at(index));
            case ParametricRelu layer -> ArithmeticLayers.parametricRelu(layer, on);
            case GatedLinearUnit layer -> ArithmeticLayers.gated(layer, on);
            case Pooling layer -> PoolingLayers.pool(layer, on);
            case AdaptivePooling layer -> PoolingLayers.adaptive(layer, on);
            case BatchNorm layer -> NormalizingLayers.batch(layer, on);
            case Normalizing layer -> NormalizingLayers.of(layer, on);
            case LocalResponseNorm layer -> NormalizingLayers.localResponse(layer, on);
            case Softmax layer -> NormalizingLayers.softmax(layer, on);
            case Resampling layer -> ResamplingLayers.of(layer, on);
            case Rearranging layer -> RearrangingLayers.of(layer, on);
            case Embedding layer -> ArithmeticLayers.embedding(layer, on);
            case LearnedTensor(var shape) -> {
                var tensor = on.learned("tensor");
                yield index -> tensor.at(index % shape.elements());
            }
            case Flatten _, Reshape _, Dropout _, Identity _ -> on.input();
        };
    }
}
