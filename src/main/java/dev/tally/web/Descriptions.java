package dev.tally.web;

/** What the contract says of a figure, once for the totals and the layers. */
final class Descriptions {
    static final String MULTIPLIES =
            "Scalar multiplications of the direct definition, every tap counted, those on padding too.";
    static final String IN_BOUNDS = "Of the multiplies, those that do not read padding.";
    static final String ADDITIONS = "K - 1 for a sum of K terms, plus one for a bias.";
    static final String MACS =
            "Multiply-accumulates of convolutions, dense layers and matrix products alone: what published tables call MACs.";
    static final String FLOPS = "Multiplies and additions together.";
    static final String PARAMETERS = "How many numbers training changes.";
    static final String WEIGHT_BYTES = "The bytes of parameters and stored statistics.";
    static final String BYTES_MOVED =
            "Inputs and weights read once and the output written once, by every layer that is neither fused nor a view.";

    private Descriptions() {}
}
