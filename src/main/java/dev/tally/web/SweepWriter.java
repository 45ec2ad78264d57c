package dev.tally.web;

import dev.tally.description.DescriptionError;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.planning.sweep.Candidate.Counted;
import dev.tally.planning.sweep.Candidate.Faulty;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes the lines of the answer to a sweep. */
@Component
final class SweepWriter {
    /** The errors that are told of one candidate: its neighbours have the same ones, as a rule. */
    private static final int MOST_ERRORS = 3;

    private final ProblemMeter meter;
    private final ObjectWriter writer;

    SweepWriter(ProblemMeter meter, JsonMapper mapper) {
        this.meter = meter;
        this.writer = mapper.writerFor(SweepLine.class);
    }

    byte[] line(SweepLine line) {
        return writer.writeValueAsBytes(line);
    }

    byte[] candidate(Counted counted) {
        return line(SweepLine.of(counted));
    }

    /** {@return a candidate, to be kept} */
    String text(Counted counted) {
        return new String(candidate(counted), StandardCharsets.UTF_8);
    }

    byte[] candidate(Faulty faulty, Occurrence at) {
        List<DescriptionError> errors = faulty.errors().stream()
                .map(error -> new DescriptionError(
                        error.detail(), "/" + SweepRequest.NETWORK + error.pointer(), error.layer()))
                .toList();
        RuntimeException exception = faulty.overflow()
                ? new UncountableException(errors.getFirst())
                : new InvalidDescriptionException(errors);
        Problem problem = Objects.requireNonNull(DescriptionProblem.of(exception, at.instance()));
        meter.count(problem);
        Problem shown = new Problem(
                problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                problem.instance(),
                problem.errors().stream().limit(MOST_ERRORS).toList());
        return line(SweepLine.of(faulty.number(), faulty.parameters(), shown.ofRequest(at.requestId())));
    }
}
