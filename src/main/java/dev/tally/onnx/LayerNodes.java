package dev.tally.onnx;

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
import dev.tally.network.Layout;
import dev.tally.network.LearnedTensor;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.Node;
import dev.tally.network.Normalizing;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Pooling;
import dev.tally.network.Rearranging;
import dev.tally.network.Reduce;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.Softmax;
import dev.tally.network.Source;
import dev.tally.network.TransposedConvolution;
import java.util.List;
import java.util.Set;

/**
 * Each layer in nodes of ONNX. Nothing is fused here: that is the runtime's affair.
 *
 * @param pooled what pools take
 */
record LayerNodes(GraphDraft draft, Layout layout, Set<Source> pooled) {
    /**
     * {@return what a layer gives}
     *
     * @param taken what it is given, in whichever order that stands
     * @throws UnexportableException if the layer has no such nodes
     */
    Operand of(Node node, List<Operand> taken) throws UnexportableException {
        List<Operand> inputs = switch (node.layer()) {
            case Embedding _, Flatten _, Reshape _, Dropout _, Identity _ ->
                taken.stream().map(draft::batched).toList();
            case Elementwise _ -> taken.stream().map(this::real).toList();
            default -> taken.stream().map(this::real).map(draft::batched).toList();
        };
        return nodes(node, inputs);
    }

    private Operand real(Operand operand) {
        return draft.cast(operand, draft.type());
    }

    private Operand nodes(Node node, List<Operand> inputs) throws UnexportableException {
        ArithmeticNodes arithmetic = new ArithmeticNodes(draft, layout);
        ActivationNodes activations = new ActivationNodes(draft, layout);
        NormalizationNodes norms = new NormalizationNodes(draft, layout);
        Operand input =
                node.layer() instanceof LearnedTensor learned ? arithmetic.learned(learned, node) : inputs.getFirst();
        return switch (node.layer()) {
            case Convolving layer -> new ConvolutionNodes(draft, layout).convolution(layer, node, input);
            case TransposedConvolution layer -> new ConvolutionNodes(draft, layout).transposed(layer, node, input);
            case Pooling layer -> new PoolingNodes(draft, layout).pool(layer, node, input);
            case AdaptivePooling layer -> new PoolingNodes(draft, layout).adaptive(layer, node, input);
            case Resampling layer -> new ResamplingNodes(draft, layout).of(layer, node, input);
            case Rearranging layer ->
                new RearrangingNodes(draft, layout, pooled.contains(node)).of(layer, node, inputs);
            case BatchNorm layer -> norms.batch(layer, node, input);
            case Normalizing layer -> norms.normalization(layer, node, input);
            case LocalResponseNorm layer -> norms.localResponse(layer, node, input);
            case Activation layer -> activations.function(layer.function(), input);
            case ParametricRelu layer -> activations.parametricRelu(layer, node, input);
            case GatedLinearUnit layer -> activations.gated(layer, node, input);
            case Softmax layer -> activations.softmax(layer, node, input);
            case Dense layer -> arithmetic.dense(layer, node, input);
            case Elementwise layer -> arithmetic.elementwise(layer, node, inputs);
            case Reduce layer -> arithmetic.reduce(layer, node, input);
            case MatMul layer -> arithmetic.product(layer, node, input, inputs.getLast());
            case Embedding _ -> arithmetic.looksUp(node, input);
            case Attending layer -> new AttentionNodes(draft).of(layer, node, inputs);
            case Flatten _, Reshape _ -> reshaped(node, input);
            case Dropout _, Identity _, LearnedTensor _ -> input;
        };
    }

    /** The elements in their declared order under other axes; axes of one element may stand anywhere before. */
    private Operand reshaped(Node node, Operand input) {
        List<Integer> inOrder = input.longAxes().stream().sorted().toList();
        Operand ordered = input.longAxes().equals(inOrder) ? input : draft.declared(input);
        Operand made = draft.result("", node);
        if (ordered.sizes().equals(made.sizes())) {
            return new Operand(ordered.name(), made.order(), made.sizes(), input.type());
        }
        String name = node.layer() instanceof Flatten
                ? draft.add("Flatten", List.of(ordered.name()), Attributes.of("axis", 1))
                : draft.reshape(ordered.name(), made.sizes());
        return new Operand(name, made.order(), made.sizes(), input.type());
    }
}
