package dev.tally.job;

import dev.tally.description.DescriptionError;
import java.util.List;

/**
 * Why something is not measured.
 *
 * @param kind the kind of failure
 * @param detail what was expected and what came
 * @param errors the places in the request; empty where it is not the request's fault
 */
public record Failure(Kind kind, String detail, List<DescriptionError> errors) {
    public Failure {
        errors = List.copyOf(errors);
    }

    static Failure of(Kind kind, String detail) {
        return new Failure(kind, detail, List.of());
    }

    static Failure at(Kind kind, String detail, String pointer) {
        return new Failure(kind, detail, List.of(new DescriptionError(detail, pointer, "")));
    }

    /** {@return this as an exception, for whoever waited for something else} */
    public FailedException exception() {
        return new FailedException(this);
    }

    /** The kinds of failures. */
    public enum Kind {
        /** It was valid where it was accepted, and is not for the worker that was to run it. */
        INVALID_NETWORK,
        /** No worker has an engine that is asked for. */
        ENGINE_UNAVAILABLE,
        /** An engine cannot run the network. */
        ENGINE_CANNOT_RUN,
        /** An engine failed at what it should be able to run. */
        ENGINE_FAILED,
        /** The estimate is longer than is allowed. */
        MEASUREMENT_TOO_LONG,
        /** It would take more memory than is allowed. */
        MEASUREMENT_TOO_LARGE,
        /** It took far longer than it was estimated to. */
        MEASUREMENT_TIMED_OUT,
        /** The workers that ran it did not survive it. */
        GAVE_UP,
        /** A bug of ours. */
        INTERNAL_ERROR
    }
}
