package dev.tally.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The kinds of problems, each with a page under {@code /problems}. */
enum ProblemType {
    MALFORMED_JSON(
            HttpStatus.BAD_REQUEST,
            "The body is not JSON",
            "The body could not be read as one JSON document. The detail says at which line and column, and why: a syntax error, a key that occurs twice, nesting that is too deep. Numbers are written plainly; NaN and Infinity are not JSON."),
    INVALID_PARAMETER(
            HttpStatus.BAD_REQUEST,
            "A parameter of the URL is wrong",
            "A query parameter has a value that it cannot have. The detail names it and the values that it takes, or what it needs in the body."),
    BAD_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request is malformed",
            "The request is not valid HTTP, or its URL holds characters that must be percent-encoded."),
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "There is nothing here",
            "No resource has this path or name. The list of paths is in the OpenAPI document at /openapi; GET /v1/networks lists the ready networks."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "The resource does not take this method",
            "The path exists, but not for this method. The Allow header lists the methods that it takes."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "The answer has no such form",
            "The Accept header or ?format= asks for a form that this resource does not have. The detail lists those that it has."),
    BODY_TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "The body is too large",
            "The body, or the line of a batch, is longer than this service reads. Blocks, repeats and parameters make descriptions short; the limit is the setting tally.body-limit."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body is of the wrong media type",
            "The Content-Type header names a form that this resource does not take. With curl, --json sends application/json; -d sends a form's type."),
    INVALID_NETWORK(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The description is not a valid network",
            "The body is JSON, but not the description of a network, or what stands beside it is at fault: a budget, what is to be measured, the layer to design anew, the values of a sweep. Every error found is listed with a JSON pointer to its place, the layer concerned, what was expected and what came. GET /v1/layers lists the types of layers and their attributes."),
    COUNT_OVERFLOW(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "A count is too large",
            "The network is valid, but one of its counts, or of a baseline's of its budget, is over 2^63-1. The error names the layer at which it passed that."),
    TOO_MANY_BATCHES(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many batches run already",
            "The service answers a limited number of batches (application/x-ndjson) at once; the limit is the setting tally.batch.at-once. The Retry-After header says when to try again; single requests are answered meanwhile."),
    TOO_MANY_LARGE_ANALYSES(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many large networks are being counted",
            "Networks of more than a thousand layers are answered a few at a time, as many as the heap has room for. The Retry-After header says when to try again; smaller ones are answered meanwhile."),
    SWEEP_TOO_LARGE(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The sweep has too many candidates",
            "The values of a sweep's parameters, each with every other's, make more candidates than the setting tally.sweeps.candidates allows. The detail has both figures. A sweep may be asked for in parts, or by its \"points\"."),
    TOO_MANY_SWEEPS(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many sweeps run already",
            "The service answers a limited number of sweeps at once; the limit is the setting tally.sweeps.at-once. The Retry-After header says when to try again; single requests are answered meanwhile."),
    NO_MODEL(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The network has no ONNX model",
            "The network is valid and can be counted, but ONNX has no words for it, such as for elements of int8 without their scales. The error names the layer, where it is one, and the reason."),
    WEIGHTS_TOO_LARGE(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The model's weights are too large",
            "The weights of the network take more than the setting tally.models.weights allows those of one model to. The detail has both figures."),
    MODEL_TOO_LARGE(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The model is too large to have its weights inside",
            "An ONNX model is a protobuf message, of which none may be larger than 2 GB. With ?weights=external the weights come in a file beside it, which has no such limit. The detail has both figures."),
    TOO_MANY_MODELS(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many models are being sent already",
            "The service sends a limited number of ONNX models at once; the limit is the setting tally.models.at-once. The Retry-After header says when to try again; all else is answered meanwhile."),
    ENGINE_UNAVAILABLE(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The engine is not available here",
            "The request names an engine that this service knows but cannot run here: a library or a device is missing. The detail says what, and what to do about it; GET /v1/engines lists the engines that are available."),
    ENGINE_CANNOT_RUN(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The engine cannot run the network",
            "The network is valid and can be counted, but an engine that is to measure it cannot run it. The error names the layer, where it is one, and the reason."),
    ENGINE_FAILED(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The engine failed",
            "An engine failed at a network that it should be able to run. The detail holds its own words, the service's log the cause."),
    MEASUREMENT_TOO_LONG(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The measurement would take too long",
            "The measurement was not begun, since by what was counted and what the host reaches it would take longer than the setting tally.measurement.longest allows. The detail says how long it would take."),
    MEASUREMENT_TOO_LARGE(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The measurement would take too much memory",
            "The measurement was not begun, since the weights and activations of what it runs would take more memory than the setting tally.measurement.memory allows. The detail has both figures."),
    MEASUREMENT_TIMED_OUT(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The measurement took too long",
            "The measurement was begun but took far longer than it was estimated to: the host is disturbed, or these layers are slow on this engine. It is not tried again by itself."),
    NO_WORKER(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Nobody measures just now",
            "Measurements are made by processes with the role worker, and none was heard of within the last minute. The Retry-After header says when to try again; counting needs none."),
    TOO_MANY_JOBS(
            HttpStatus.TOO_MANY_REQUESTS,
            "Too many jobs wait",
            "Measurements wait for their turn, one at a time on a machine, and as many wait as the setting tally.jobs.queue allows. The Retry-After header says when to try again; what was accepted before is not lost."),
    TOO_MANY_EVENTS(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many connections wait for events",
            "The service sends the events of jobs to a limited number of clients at once. The Retry-After header says when to try again; GET /v1/jobs/{id} answers meanwhile."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The Idempotency-Key came with another request before",
            "An Idempotency-Key stands for one request, so that sending it again finds the first job and measures nothing twice. This one came with another body before. Keys are forgotten with their jobs."),
    JOB_NOT_DONE(
            HttpStatus.CONFLICT,
            "The job has no result yet",
            "A table or CSV is made of a job's result, and this job waits or runs still. The Retry-After header says when to try again; as JSON the job itself is answered, with its progress and what was found so far."),
    JOB_CANCELLED(
            HttpStatus.CONFLICT,
            "The job was cancelled",
            "The job was cancelled before it was done, and has no result."),
    GAVE_UP(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The job was given up",
            "The job was begun as often as the setting tally.jobs.attempts allows, and each time its worker ended before it: it may have brought it down. It is not tried again; the workers' logs may say more."),
    STORAGE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The database does not answer",
            "What was asked for is kept in the service's database, which is away, full, or was not there yet since the service started. The Retry-After header says when to try again; what needs no database, such as counting, is answered meanwhile."),
    OTHER(HttpStatus.BAD_REQUEST, "The request cannot be answered", "The status and the detail say why."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Tally failed",
            "A bug in Tally, not in the request. The service's log holds the cause.");

    private final HttpStatus status;
    private final String title;
    private final String explanation;

    ProblemType(HttpStatus status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    /** {@return what the problem's page says} */
    String explanation() {
        return explanation;
    }

    /** {@return what the problem's page says; of an unspecific kind, the meaning of the status} */
    String explanation(int code) {
        HttpStatus known = this == OTHER ? HttpStatus.resolve(code) : null;
        return known == null ? explanation : known.getReasonPhrase();
    }

    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the relative URI that names this kind and serves its page} */
    String uri() {
        return "/problems/" + slug();
    }

    static Optional<ProblemType> find(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
    }

    /** {@return the general kind of problem with this status} */
    static ProblemType of(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> BAD_REQUEST;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 500 -> INTERNAL_ERROR;
            default -> OTHER;
        };
    }
}
