package dev.tally.job;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is done for the jobs of a kind. */
interface Work {
    /** {@return the kind of the jobs} */
    String kind();

    /** {@return the devices that a job needs for itself while it runs} */
    List<String> devices(JsonNode request);

    /**
     * Measures, on the calling thread, which has the devices.
     *
     * @param request what was asked for
     * @param run is told how far it is, and says when to stop
     * @return what was found
     * @throws FailedException if it cannot be done
     * @throws dev.tally.measurement.MeasurementTimeoutException if the run's deadline passed, or it was cancelled
     */
    Outcome run(JsonNode request, Run run);

    /**
     * What was found.
     *
     * @param result to be stored, as JSON
     * @param record stores what others want to know of it, in the transaction in which the result is stored
     */
    record Outcome(String result, Runnable record) {}
}
