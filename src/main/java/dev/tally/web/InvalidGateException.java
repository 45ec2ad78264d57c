package dev.tally.web;

/**
 * A request to gate on a budget that is not there, or on those of a batch: answering 200 would let every build pass.
 */
final class InvalidGateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private InvalidGateException(String expected) {
        super("the query parameter \"gate\": " + expected, null, false, false);
    }

    static InvalidGateException withoutBudget() {
        return new InvalidGateException("expected a \"budget\" beside the network to gate on, got none");
    }

    /** The status of a batch is sent before its lines are counted. */
    static InvalidGateException ofBatch() {
        return new InvalidGateException(
                "expected none for a batch, whose lines say under \"budget\" whether it is kept, got true");
    }
}
