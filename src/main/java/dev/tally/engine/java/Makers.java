package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.operator.AxisSoftmax;
import dev.tally.kernel.operator.Combination;
import dev.tally.kernel.operator.Concatenation;
import dev.tally.kernel.operator.EachElement;
import dev.tally.kernel.operator.Function;
import dev.tally.kernel.operator.Functions;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.operator.ResponseNorm;
import dev.tally.kernel.operator.Strided;
import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attending;
import dev.tally.network.BatchNorm;
import dev.tally.network.ChannelShuffle;
import dev.tally.network.Concat;
import dev.tally.network.Convolving;
import dev.tally.network.Crop;
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
import dev.tally.network.Node;
import dev.tally.network.Normalizing;
import dev.tally.network.Pad;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Pooling;
import dev.tally.network.Reduce;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.Roll;
import dev.tally.network.Shape;
import dev.tally.network.Slice;
import dev.tally.network.Softmax;
import dev.tally.network.Split;
import dev.tally.network.TransposedConvolution;
import java.util.ArrayList;
import java.util.List;

/** Which kernel computes which layer. Those that sum products have a file of their own, {@link Products}. */
final class Makers {
    private Makers() {}

    /**
     * {@return what makes a layer ready that is no convolution and not dense}
     *
     * @throws UnsupportedNetworkException if it cannot be run
     */
    static Maker of(Node node, Storage storage, Choice choice) throws UnsupportedNetworkException {
        return switch (node.layer()) {
            case Convolving _, TransposedConvolution _, Dense _ ->
                throw new IllegalArgumentException(node + " is a product");
            case Activation(var function) -> on -> elements(function(function), on);
            case ParametricRelu(boolean perChannel) -> on -> elements(slopes(perChannel, on), on);
            case BatchNorm layer ->
                on -> {
                    Affine affine = Affine.of(layer, on.node(), on.learned());
                    return elements(Functions.affine(affine.scales(), affine.shifts()), on);
                };
            case Elementwise(var operator) -> on -> combined(operation(operator), on);
            case Pooling layer -> Pools.of(layer);
            case AdaptivePooling layer -> Pools.of(layer);
            case Softmax layer -> on -> softmax(layer, on);
            case LocalResponseNorm(int size, double alpha, double beta, double bias) ->
                on -> new ResponseNorm(
                        on.input(),
                        on.output(),
                        storage.batch(),
                        storage.channels(on.shape()),
                        storage.plane(on.shape()),
                        new ResponseNorm.Numbers(size, alpha, beta, bias),
                        on.pool());
            case Concat layer -> on -> concatenated(layer.axis().index(on.shape(), storage.layout()), on);
            case Permute layer -> on -> Views.permuted(layer, on);
            case Slice layer -> on -> Views.sliced(layer, on);
            case Split layer -> on -> Views.split(layer, on);
            case Crop layer -> on -> Views.cropped(layer, on);
            case ChannelShuffle layer -> on -> Views.shuffled(layer, on);
            case Pad layer -> Gathers.of(layer, node);
            case Flatten _, Reshape _ -> Views::reshaped;
            case Dropout _, Identity _ -> throw new IllegalArgumentException(node + " computes nothing");
            case Resampling layer -> Gathers.of(layer);
            case PixelShuffle layer -> on -> Views.pixelShuffled(layer, on);
            case PixelUnshuffle layer -> on -> Views.pixelUnshuffled(layer, on);
            case Roll layer -> on -> Views.rolled(layer, on);
            case Attending layer -> Attentions.of(layer, node, storage, choice);
            case MatMul layer -> on -> MatrixProducts.of(layer, on);
            case Reduce layer -> on -> Reductions.of(layer, on);
            case GatedLinearUnit layer -> on -> gated(layer.axis().index(on.shape(), storage.layout()), on);
            case Normalizing layer -> on -> Norms.of(layer, on);
            case Embedding layer -> Lookups.of(layer, node);
            case LearnedTensor _ -> Lookups::learnedTensor;
        };
    }

    /** Of each element by itself, or with the numbers of its channel. */
    private static Operator elements(Function function, Step on) {
        return new EachElement(
                on.input(),
                on.output(),
                on.planes(),
                on.storage().channels(on.shape()),
                on.storage().plane(on.shape()),
                function,
                on.pool());
    }

    /** {@return what an activation does to each number} */
    static Function function(ActivationFunction function) {
        return switch (function) {
            case RELU -> Functions.relu();
            case RELU6 -> Functions.clamp(0, 6);
            case LEAKY_RELU -> Functions.leakyRelu(0.01f);
            case THRESHOLD -> Functions.threshold(1);
            case HARD_TANH -> Functions.clamp(-1, 1);
            case HARD_SIGMOID -> Functions.hardSigmoid();
            case HARD_SWISH -> Functions.hardSwish();
            case HARD_SHRINK -> Functions.hardShrink(0.5f);
            case SOFT_SHRINK -> Functions.softShrink(0.5f);
            case ELU, CELU -> Functions.elu();
            case SELU -> Functions.selu();
            case SIGMOID -> Functions.sigmoid();
            case LOG_SIGMOID -> Functions.logSigmoid();
            case TANH -> Functions.tanh();
            case TANH_SHRINK -> Functions.tanhShrink();
            case SILU -> Functions.silu();
            case GELU -> Functions.gelu();
            case GELU_TANH -> Functions.geluTanh();
            case MISH -> Functions.mish();
            case SOFTPLUS -> Functions.softplus();
            case SOFTSIGN -> Functions.softsign();
            case SQUAREPLUS -> Functions.squareplus(4);
            case EXPONENTIAL -> Functions.exponential();
        };
    }

    private static Function slopes(boolean perChannel, Step on) {
        float[] slopes = on.numbers("slope");
        return perChannel ? Functions.leakyRelu(slopes) : Functions.leakyRelu(slopes[0]);
    }

    private static Combination.Operation operation(Elementwise.Operator operator) {
        return switch (operator) {
            case ADD -> Combination.Operation.ADD;
            case SUBTRACT -> Combination.Operation.SUBTRACT;
            case MULTIPLY -> Combination.Operation.MULTIPLY;
            case DIVIDE -> Combination.Operation.DIVIDE;
        };
    }

    private static Operator combined(Combination.Operation operation, Step on) {
        List<Strided> operands = new ArrayList<>();
        for (int i = 0; i < on.inputs().size(); i++) {
            operands.add(Views.stretched(on, i));
        }
        return new Combination(operation, operands, on.output(), on.pool());
    }

    private static Operator gated(int axis, Step on) {
        List<Strided> halves = List.of(Views.half(axis, false, on), Views.half(axis, true, on));
        return new Combination(Combination.Operation.GATE, halves, on.output(), on.pool());
    }

    private static Operator softmax(Softmax layer, Step on) {
        Shape shape = on.shape();
        int axis = layer.axis().index(shape, on.storage().layout());
        return new AxisSoftmax(
                on.input(),
                on.output(),
                Math.toIntExact(on.storage().outside(shape, axis)),
                shape.size(axis),
                Math.toIntExact(on.storage().strides(shape)[axis]),
                layer.logarithm(),
                on.pool());
    }

    private static Operator concatenated(int axis, Step on) {
        List<Long> blocks = new ArrayList<>();
        for (Shape shape : on.node().inputs()) {
            blocks.add(on.storage().strides(shape)[axis] * shape.size(axis));
        }
        int count = Math.toIntExact(on.storage().outside(on.shape(), axis));
        return new Concatenation(on.inputs(), count, blocks, on.output(), on.pool());
    }
}
