package dev.tally.web;

import dev.tally.description.DescriptionJson;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC.MDCCloseable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** What a line of a batch is answered: its analysis, or its problem. The rest of the batch never learns of either. */
@Component
final class BatchAnswers {
    private static final Logger LOGGER = LoggerFactory.getLogger(BatchAnswers.class);

    private final Analyses analyses;
    private final ProblemMeter meter;
    private final ObjectWriter writer;

    BatchAnswers(Analyses analyses, ProblemMeter meter, JsonMapper mapper) {
        this.analyses = analyses;
        this.meter = meter;
        this.writer = mapper.writerFor(BatchLine.class);
    }

    /** Counts a line's network. A bug that one line meets ends the line, not the batch. */
    void count(BatchEntry entry, Detail detail, Occurrence at) {
        try {
            AnalysisDocument analysis;
            try {
                analysis = analyses.of(AnalysisRequest.ofLine(DescriptionJson.read(entry.text())), detail)
                        .document();
            } catch (RuntimeException e) {
                Problem problem = DescriptionProblem.of(e, at.instance());
                if (problem == null) {
                    throw e;
                }
                refuse(entry, problem, at);
                return;
            }
            entry.answer(writer.writeValueAsBytes(BatchLine.of(entry.number(), analysis)), false);
        } catch (RuntimeException | StackOverflowError e) {
            try (MDCCloseable _ = RequestId.logged(at.requestId())) {
                LOGGER.error("line {} of a batch failed", entry.number(), e);
            }
            ProblemType bug = ProblemType.INTERNAL_ERROR;
            refuse(entry, Problem.of(bug, bug.explanation(), at.instance(), List.of()), at);
        }
    }

    /** Answers a line with a problem. */
    void refuse(BatchEntry entry, Problem problem, Occurrence at) {
        meter.count(problem);
        entry.answer(writer.writeValueAsBytes(BatchLine.of(entry.number(), problem.ofRequest(at.requestId()))), true);
    }

    byte[] summary(BatchSummary summary) {
        return writer.writeValueAsBytes(BatchLine.of(summary));
    }
}
