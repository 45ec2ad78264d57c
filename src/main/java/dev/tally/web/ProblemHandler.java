package dev.tally.web;

import dev.tally.description.InvalidDescriptionException;
import dev.tally.job.FailedException;
import dev.tally.job.Jobs;
import dev.tally.job.NoWorkerException;
import dev.tally.storage.StorageFailures;
import dev.tally.storage.StorageUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/**
 * Turns whatever goes wrong while a request is answered into a problem. A fault of the request is not logged: it is
 * told to who sent it.
 */
@RestControllerAdvice
class ProblemHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemHandler.class);

    /** In seconds. A database that was restarted is back in some; the pool looks for it again with each request. */
    private static final String DATABASE_IS_BACK_IN = "5";

    private final ProblemMeter meter;

    ProblemHandler(ProblemMeter meter) {
        this.meter = meter;
    }

    @ExceptionHandler({
        InvalidDescriptionException.class,
        UncountableException.class,
        JacksonException.class,
        BodyTooLargeException.class
    })
    void invalidDescription(RuntimeException e, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        Problem problem = DescriptionProblem.of(e, request.getRequestURI());
        if (problem == null) {
            other(e, request, response);
        } else {
            write(problem, response);
        }
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    void invalidParameter(
            MethodArgumentTypeMismatchException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Throwable cause = e.getMostSpecificCause();
        String detail = "the query parameter \"" + e.getName() + "\": expected " + cause.getMessage() + ", got \""
                + Problem.shorten(String.valueOf(e.getValue())) + "\"";
        answer(ProblemType.INVALID_PARAMETER, detail, request, response);
    }

    @ExceptionHandler({InvalidGateException.class, InvalidParameterValueException.class, UnknownParameterException.class
    })
    void invalidParameter(RuntimeException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answer(ProblemType.INVALID_PARAMETER, String.valueOf(e.getMessage()), request, response);
    }

    /** Tomcat decodes the query only when a parameter is asked for. */
    @ExceptionHandler(InvalidParameterException.class)
    void undecodableQuery(InvalidParameterException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answer(
                ProblemType.BAD_REQUEST,
                "the query cannot be decoded: expected names and values in UTF-8, \"%\" followed by two hexadecimal"
                        + " digits, and at most a thousand of them",
                request,
                response);
    }

    @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
    void unsupportedMediaType(
            HttpMediaTypeNotSupportedException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        copy(e.getHeaders(), response);
        String given = request.getContentType();
        String came = given == null || given.isBlank() ? "none" : Problem.shorten(given);
        String detail = "expected Content-Type " + list(e.getSupportedMediaTypes()) + ", got " + came
                + "; with curl, --json sends application/json where -d does not";
        answer(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail, request, response);
    }

    @ExceptionHandler(HttpMediaTypeNotAcceptableException.class)
    void notAcceptable(HttpMediaTypeNotAcceptableException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        copy(e.getHeaders(), response);
        String forms = e.getSupportedMediaTypes().isEmpty()
                ? "application/json, text/plain, text/csv"
                : list(e.getSupportedMediaTypes());
        answer(
                ProblemType.NOT_ACCEPTABLE,
                "expected Accept to allow one of " + forms
                        + ", or ?format= to be json, text or csv where there is a table, onnx where there is a model",
                request,
                response);
    }

    @ExceptionHandler(NoResourceFoundException.class)
    void notFound(NoResourceFoundException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String detail =
                "there is nothing at " + Problem.shorten(request.getRequestURI()) + "; GET / lists what there is";
        answer(ProblemType.NOT_FOUND, detail, request, response);
    }

    @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
    void methodNotAllowed(
            HttpRequestMethodNotSupportedException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        copy(e.getHeaders(), response);
        String[] supported = e.getSupportedMethods();
        String expected = supported == null ? "another method" : String.join(" or ", supported);
        String detail = request.getRequestURI() + ": expected " + expected + ", got " + Problem.shorten(e.getMethod());
        answer(ProblemType.METHOD_NOT_ALLOWED, detail, request, response);
    }

    /** The body ended early or its chunks are malformed: what Jackson never saw. */
    @ExceptionHandler(HttpMessageNotReadableException.class)
    void unreadable(HttpMessageNotReadableException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answer(ProblemType.MALFORMED_JSON, "the body is missing or could not be read to its end", request, response);
    }

    @ExceptionHandler(TooManyBatchesException.class)
    void tooManyBatches(TooManyBatchesException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        answer(ProblemType.TOO_MANY_BATCHES, String.valueOf(e.getMessage()), request, response);
    }

    @ExceptionHandler(TooManyLargeAnalysesException.class)
    void tooManyLargeAnalyses(TooManyLargeAnalysesException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        answer(ProblemType.TOO_MANY_LARGE_ANALYSES, String.valueOf(e.getMessage()), request, response);
    }

    @ExceptionHandler(RefusedException.class)
    void refused(RefusedException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Duration retryAfter = e.retryAfter();
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
        }
        write(e.problem(request.getRequestURI()), response);
    }

    /** The log has the cause: the client is told no host names. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class, StorageUnavailableException.class})
    void storageFailed(RuntimeException e, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (!StorageFailures.isUnavailable(e) || response.isCommitted()) {
            other(e, request, response);
            return;
        }
        LOGGER.warn(
                "the database does not answer: {}",
                NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        response.setHeader(HttpHeaders.RETRY_AFTER, DATABASE_IS_BACK_IN);
        answer(
                ProblemType.STORAGE_UNAVAILABLE,
                "the database does not answer; try again in " + DATABASE_IS_BACK_IN + " s",
                request,
                response);
    }

    /** By the name of its kind: there is a problem of each. */
    @ExceptionHandler(FailedException.class)
    void failed(FailedException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(JobAnswers.problem(e.failure(), request.getRequestURI()), response);
    }

    @ExceptionHandler(NoWorkerException.class)
    void noWorker(NoWorkerException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        answer(ProblemType.NO_WORKER, String.valueOf(e.getMessage()), request, response);
    }

    @ExceptionHandler(Jobs.QueueFullException.class)
    void queueFull(Jobs.QueueFullException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, "10");
        answer(ProblemType.TOO_MANY_JOBS, String.valueOf(e.getMessage()), request, response);
    }

    @ExceptionHandler(Jobs.KeyReusedException.class)
    void keyReused(Jobs.KeyReusedException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answer(ProblemType.IDEMPOTENCY_KEY_REUSED, String.valueOf(e.getMessage()), request, response);
    }

    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void clientIsGone(Exception e) {
        LOGGER.debug("the client is gone", e);
    }

    /**
     * What is none of the above.
     *
     * @throws Exception the same, if its answer has begun: Tomcat then logs it and closes the connection, and the
     *     client learns that the answer is not whole, for whose rest it would else wait
     */
    @ExceptionHandler(Exception.class)
    void other(Exception e, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            copy(known.getHeaders(), response);
            HttpStatusCode status = known.getStatusCode();
            ProblemType type = ProblemType.of(status);
            String detail = Objects.requireNonNullElse(known.getBody().getDetail(), type.explanation());
            write(
                    new Problem(type.uri(), type.title(), status.value(), detail, request.getRequestURI(), List.of()),
                    response);
            return;
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            clientIsGone(e);
            return;
        }
        if (e instanceof IOException) {
            LOGGER.debug("the client is gone, or sent a body that cannot be read", e);
            answer(ProblemType.BAD_REQUEST, "the body could not be read to its end", request, response);
            return;
        }
        if (response.isCommitted()) {
            LOGGER.error("{} {} failed halfway through its answer", request.getMethod(), request.getRequestURI());
            throw e;
        }
        LOGGER.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        answer(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.explanation(), request, response);
    }

    private void answer(ProblemType type, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(Problem.of(type, detail, request.getRequestURI(), List.of()), response);
    }

    private void write(Problem problem, HttpServletResponse response) throws IOException {
        meter.count(problem);
        ProblemWriter.write(problem, response);
    }

    private static void copy(HttpHeaders headers, HttpServletResponse response) {
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }

    private static String list(List<MediaType> types) {
        return types.stream().map(MediaType::toString).collect(Collectors.joining(", "));
    }
}
