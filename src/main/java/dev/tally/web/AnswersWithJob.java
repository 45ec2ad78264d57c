package dev.tally.web;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** What the contract says of an operation whose measurements are jobs ({@link SubmittedJobs}), beside its result. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
        responseCode = "202",
        description = "The measurement is accepted and not done yet; the Job is followed at its Location.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = JobDocument.class)),
        headers = {
            @Header(name = HttpHeaders.LOCATION, description = "The job.", schema = @Schema(type = "string")),
            @Header(
                    name = HttpHeaders.RETRY_AFTER,
                    description = "When to look at it, in seconds.",
                    schema = @Schema(type = "integer")),
            @Header(
                    name = SubmittedJobs.PREFERENCE_APPLIED,
                    description = "The preference that was honoured, where the request has one.",
                    schema = @Schema(type = "string"))
        })
@ApiResponse(
        responseCode = "429",
        description = "Too many measurements wait; the Retry-After header says when to try again.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "#/components/schemas/Problem")))
@ApiResponse(
        responseCode = "500",
        description = "An engine failed at a network that it should be able to run.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "#/components/schemas/Problem")))
@interface AnswersWithJob {}
