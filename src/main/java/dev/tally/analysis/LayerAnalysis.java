package dev.tally.analysis;

import dev.tally.network.Liveness.Role;
import dev.tally.network.Node;
import dev.tally.network.Source;

/**
 * What one layer costs, its batch included.
 *
 * @param node the layer
 * @param operations what it does
 * @param flops multiplies and additions together
 * @param parameters how many numbers training changes in it
 * @param weightBytes the bytes that its parameters and stored statistics take
 * @param activationBytes the bytes of the tensor that it writes; 0 where it is fused or a view
 * @param bytesMoved its inputs and weights read once and its output written once; 0 where it is fused or a view
 * @param role whether it is a step, fused into one, or a view
 * @param owner the step or input whose tensor holds what it gives; itself where it is a step
 * @param fields where its receptive field is found
 */
public record LayerAnalysis(
        Node node,
        Operations operations,
        long flops,
        long parameters,
        long weightBytes,
        long activationBytes,
        long bytesMoved,
        Role role,
        Source owner,
        ReceptiveFields fields) {

    /** {@return how much of the network's inputs one interior element of its output sees} */
    public ReceptiveField receptiveField() {
        return fields.of(node);
    }

    /**
     * {@return how the main operations come about, its sizes filled in: {@code 28·28·16 × 1·1·192}; empty where it does
     * none}
     */
    public String formula(Analysis analysis) {
        return Formula.of(node, analysis.network());
    }
}
