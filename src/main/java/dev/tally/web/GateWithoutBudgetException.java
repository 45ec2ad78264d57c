package dev.tally.web;

/** A request to gate on a budget that is not there: answering 200 would let every build pass. */
final class GateWithoutBudgetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GateWithoutBudgetException() {
        super(
                "the query parameter \"gate\": expected a \"budget\" beside the network to gate on, got none",
                null,
                false,
                false);
    }
}
