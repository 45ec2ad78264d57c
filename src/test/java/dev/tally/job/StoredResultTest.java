package dev.tally.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionReader;
import dev.tally.measurement.Measurement;
import dev.tally.planning.MeasuredAnalysis;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StoredResultTest {
    private static final Analysis ANALYSIS = Analysis.of(
            DescriptionReader.read(JsonMapper.shared().readTree("""
                    {"input": [8, 8, 3], "layers": [
                      {"name": "conv", "type": "conv2d", "filters": 6, "kernel": 3, "activation": "relu"},
                      {"type": "flatten"}, {"name": "units", "type": "dense", "units": 4}]}
                    """)).network());

    /** As the first version stored it. It must be read for as long as there are databases. */
    private static final String STORED = """
            {"host": "some-cpu-2c-512b-0123ab", "peakFlops": 2.75E11, "largestDifference": 1.5E-6, "engines": [{
              "conditions": {"engine": "java", "algorithm": null, "version": null, "onHost": true, "device": null,
                "threads": 1, "precision": "float32"},
              "figures": {"kernel": "k:512", "savedFlops": 7, "timing": {"median": 1000.0, "p10": 900.0, "p90": 1200.0,
                "min": 850, "mean": 1010.5, "dispersion": 0.3, "runs": 42}, "prepareNanos": 5000, "coldNanos": 2000,
                "deviceNanos": null, "disturbance": 1.01, "maxRelativeError": "NaN"},
              "baseline": null,
              "steps": [
                {"layer": "conv", "figures": {"kernel": "c", "savedFlops": 0, "timing": {"median": 600.0, "p10": 1.0,
                  "p90": 1.0, "min": 1, "mean": 1.0, "dispersion": 0.0, "runs": 5}, "prepareNanos": 1, "coldNanos": 1,
                  "deviceNanos": 77, "disturbance": 1.0, "maxRelativeError": 1.0E-6}},
                {"layer": "a layer that is none any more", "figures": {"kernel": "c", "savedFlops": 0, "timing":
                  {"median": 1.0, "p10": 1.0, "p90": 1.0, "min": 1, "mean": 1.0, "dispersion": 0.0, "runs": 5},
                  "prepareNanos": 1, "coldNanos": 1, "deviceNanos": null, "disturbance": 1.0, "maxRelativeError": 0.0}}]
            }]}
            """;

    @Test
    void whatTheFirstVersionStoredIsStillRead() {
        MeasuredAnalysis measured = StoredResult.read(STORED).beside(ANALYSIS, null);

        assertThat(measured.host()).isEqualTo("some-cpu-2c-512b-0123ab");
        assertThat(measured.measurements().largestDifference()).hasValue(1.5e-6);
        Measurement engine = measured.measurements().engines().getFirst();
        assertThat(engine.conditions().engine()).isEqualTo("java");
        assertThat(engine.conditions().algorithm()).isNull();
        assertThat(engine.figures().timing().median()).isEqualTo(1000);
        assertThat(engine.figures().maxRelativeError()).isNaN();
        assertThat(engine.figures().deviceNanos()).isEmpty();
        assertThat(engine.steps()).hasSize(1);
        assertThat(engine.steps().getFirst().step().first().name()).isEqualTo("conv");
        assertThat(engine.steps().getFirst().step().layers())
                .as("with what is fused")
                .hasSize(2);
        assertThat(engine.steps().getFirst().figures().deviceNanos()).hasValue(77);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        MeasuredAnalysis measured = StoredResult.read(STORED).beside(ANALYSIS, null);

        StoredResult again = StoredResult.read(Json.write(StoredResult.of("host", 1e9, measured.measurements())));

        assertThat(again.beside(ANALYSIS, null).measurements())
                .hasToString(measured.measurements().toString());
    }
}
