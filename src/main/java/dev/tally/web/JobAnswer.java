package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a job found, on its way out: as JSON, or in the forms that a converter has for its type. */
interface JobAnswer {
    /** {@return the document that the request would have been answered with} */
    @JsonValue
    Object document();
}
