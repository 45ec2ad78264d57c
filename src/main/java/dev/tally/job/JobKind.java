package dev.tally.job;

import tools.jackson.databind.JsonNode;

/** A kind of jobs: what their requests ask to be measured, and how what was found is stored. */
interface JobKind {
    /** {@return the name of the kind; it is in databases} */
    String id();

    /**
     * {@return what a stored request asks to be measured} Read anew where it runs, by whatever version that is.
     *
     * @throws dev.tally.description.InvalidDescriptionException if it was valid where it was accepted, and is not here
     * @throws dev.tally.analysis.CountOverflowException likewise
     */
    MeasuredNetworks read(JsonNode request, MeasureReader reader);

    /** {@return what was found, all of it or so far, as it is stored} */
    default String write(StoredResults results) {
        return Json.write(results);
    }
}
