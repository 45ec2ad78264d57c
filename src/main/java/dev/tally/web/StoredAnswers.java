package dev.tally.web;

import tools.jackson.databind.JsonNode;

/** Makes the answers of a kind of jobs of what is stored: the counts anew, beside the times that were measured. */
interface StoredAnswers {
    /** {@return the kind of the jobs} */
    String kind();

    /**
     * {@return what a job found}
     *
     * @param request the document of the job, which was accepted
     * @param result what was found, all of it or so far, as its kind stores it
     */
    JobAnswer of(JsonNode request, String result, Detail detail);
}
