package dev.tally.web;

/** What the contract says of figures and conditions that stand in several documents. */
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
    static final String ENGINE = "The engine, by its name in GET /v1/engines.";
    static final String PRECISION = "In which numbers it computed: float32, tf32 or float16.";
    static final String THREADS = "How many threads it computed with.";
    static final String HOST = "The host's fingerprint: equal for machines whose times can be compared.";
    static final String DEVICE = "The device that it computed on, and its driver; absent for the host's processor.";
    static final String FUSED = "The layers that are fused into it and were run with it; absent where none is.";
    static final String TIMES_FROM =
            "Where the times are from: measured for this answer, or the latency table's of earlier measurements.";
    static final String PREFER =
            "\"wait=N\": for how many seconds a measurement is waited for, 30 by default and at most 60 (RFC 7240);"
                    + " \"respond-async\": not at all.";
    static final String IDEMPOTENCY_KEY =
            "Stands for this measurement: the same request with the same key finds its job and measures nothing again,"
                    + " for as long as the job is kept.";

    private Descriptions() {}
}
