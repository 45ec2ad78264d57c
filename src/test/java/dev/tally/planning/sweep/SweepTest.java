package dev.tally.planning.sweep;

import static dev.tally.planning.sweep.Sweeping.BOTTLENECK;
import static dev.tally.planning.sweep.Sweeping.counted;
import static dev.tally.planning.sweep.Sweeping.json;
import static dev.tally.planning.sweep.Sweeping.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionReader;
import dev.tally.network.LayerKey;
import dev.tally.network.LayerWork;
import dev.tally.network.Node;
import dev.tally.planning.sweep.Candidate.Counted;
import dev.tally.planning.sweep.Candidate.Faulty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SweepTest {
    private static final String INCEPTION = "{'ready': 'inception-3a'}";

    @Test
    void aCandidateCostsWhatItsDescriptionCostsAlone() {
        Sweep sweep = sweep(BOTTLENECK, "{'parameters': {'width': [8, 16, 154, 155]}}", null, null);

        List<Candidate> candidates = sweep.count(0, 4);

        // 28·28·(192 + 5·5·32) multiplies for each of its channels.
        assertThat(candidates)
                .map(candidate -> ((Counted) candidate).totals().operations().multiplies())
                .containsExactly(777_728L * 8, 777_728L * 16, 777_728L * 154, 777_728L * 155);
        assertThat(candidates).map(Candidate::number).containsExactly(1L, 2L, 3L, 4L);
        for (Candidate candidate : candidates) {
            ObjectNode alone = (ObjectNode) json(BOTTLENECK);
            candidate.parameters().forEach(alone.withObjectProperty("parameters")::put);
            Analysis analysis = Analysis.of(DescriptionReader.read(alone).network());
            assertThat(((Counted) candidate).totals())
                    .usingRecursiveComparison()
                    .ignoringFields("peakStep")
                    .isEqualTo(analysis.totals());
            assertThat(((Counted) candidate).network().hash())
                    .isEqualTo(analysis.network().hash());
        }
    }

    /** The second convolution is the same in all: its work is one, and is counted once. */
    @Test
    void candidatesShareTheWorkOfLayersThatDoTheSame() {
        String chain =
                "{'input': [8, 8, 4], 'layers': [{'type': 'conv2d', 'filters': 4, 'kernel': '$k', 'padding': 'same'},"
                        + " {'type': 'conv2d', 'filters': 4, 'kernel': 3}]}";
        Sweep sweep = sweep(chain, "{'parameters': {'k': [1, 3, 1]}}", null, null);

        List<List<LayerWork>> works = LongStream.range(0, 3)
                .mapToObj(place -> counted(sweep, place).network().nodes().stream()
                        .map(Node::work)
                        .toList())
                .toList();

        assertThat(works.get(1).get(1)).isSameAs(works.get(0).get(1));
        assertThat(works.get(1).get(0)).isNotSameAs(works.get(0).get(0));
        assertThat(works.get(2)).isEqualTo(works.get(0));
    }

    @Test
    void severalThreadsMayCountOneSweep() {
        Sweep sweep = sweep(INCEPTION, "{'parameters': {'reduce3': {'from': 1, 'to': 400}}}", null, null);
        Sweep again = sweep(INCEPTION, "{'parameters': {'reduce3': {'from': 1, 'to': 400}}}", null, null);

        List<Long> atOnce = LongStream.range(0, 400)
                .parallel()
                .mapToObj(place -> counted(sweep, place).totals().parameters())
                .toList();

        assertThat(atOnce)
                .isEqualTo(again.count(0, 400).stream()
                        .map(candidate -> ((Counted) candidate).totals().parameters())
                        .toList());
    }

    @Test
    void whatIsNoNetworkSaysWhyAndTheOthersAreCounted() {
        String grouped = "{'input': [8, 8, 6], 'layers': [{'name': 'g', 'type': 'conv2d', 'filters': 6, 'kernel': 1,"
                + " 'groups': '$groups'}]}";

        List<Candidate> candidates = sweep(grouped, "{'parameters': {'groups': [3, 4, 6]}}", null, null)
                .count(0, 3);

        assertThat(candidates.get(0)).isInstanceOf(Counted.class);
        assertThat(candidates.get(2)).isInstanceOf(Counted.class);
        assertThat(candidates.get(1)).isInstanceOfSatisfying(Faulty.class, faulty -> {
            assertThat(faulty.number()).isEqualTo(2);
            assertThat(faulty.parameters()).isEqualTo(Map.of("groups", 4L));
            assertThat(faulty.overflow()).isFalse();
            assertThat(faulty.errors()).singleElement().satisfies(error -> {
                assertThat(error.pointer()).isEqualTo("/layers/0/groups");
                assertThat(error.layer()).isEqualTo("g");
                assertThat(error.detail()).contains("a divisor of the 6 input channels", "got 4");
            });
        });
    }

    @Test
    void aCountOver2To63IsAFaultOfItsCandidate() {
        String large = "{'input': [1000000, 1000000, 1], 'layers': [{'type': 'conv2d', 'filters': '$f', 'kernel': 1},"
                + " {'type': 'conv2d', 'filters': 1, 'kernel': 5}]}";

        List<Candidate> candidates =
                sweep(large, "{'parameters': {'f': [1, 1000000]}}", null, null).count(0, 2);

        assertThat(candidates.get(0)).isInstanceOf(Counted.class);
        assertThat(candidates.get(1)).isInstanceOfSatisfying(Faulty.class, faulty -> {
            assertThat(faulty.overflow()).isTrue();
            assertThat(faulty.errors().getFirst().pointer()).isEqualTo("/layers/1");
        });
    }

    /** Two steps of 1 ms, one of 1/2 ms. */
    @Test
    void itsTimeIsTheSumOfItsStepsAndSaysHowManyAreMissing() {
        String twins = "{'input': [8, 8, 4], 'layers': [{'type': 'conv2d', 'filters': 4, 'kernel': 1, 'repeat': '$n'},"
                + " {'type': 'conv2d', 'filters': '$f', 'kernel': 1, 'activation': 'relu'}]}";
        StepTimes times = steps -> {
            Map<LayerKey, Double> known = new HashMap<>();
            steps.forEach(step -> {
                if (step.text().contains(" f4 ")) {
                    known.put(step, 1e6);
                } else if (step.text().contains(" f5 ")) {
                    known.put(step, 0.5e6);
                }
            });
            return known;
        };

        List<Candidate> candidates = sweep(twins, "{'parameters': {'n': [2], 'f': [5, 6]}}", null, times)
                .count(0, 2);

        assertThat(candidates)
                .map(candidate -> ((Counted) candidate).time())
                .containsExactly(new Candidate.Time(2.5e6, 0), new Candidate.Time(2e6, 1));
    }

    @Test
    void theTableIsAskedOnceForEachDistinctStepAndEachMissingOneIsNamedOnce() {
        List<LayerKey> asked = new ArrayList<>();
        StepTimes times = steps -> {
            asked.addAll(steps);
            return Map.of();
        };
        Sweep sweep = sweep(BOTTLENECK, "{'parameters': {'width': [8, 16, 8, 16, 8]}}", null, times);

        sweep.count(0, 1);
        sweep.count(1, 3);
        sweep.count(3, 5);

        // Of each of two widths a reduction, and a convolution on its channels.
        assertThat(asked).hasSize(4).doesNotHaveDuplicates();
        assertThat(known(sweep).missing()).containsOnlyKeys(asked);
        assertThat(known(sweep).moreMissing()).isFalse();
        assertThat(known(sweep).missing().values())
                .containsExactlyInAnyOrder(
                        new KnownSteps.Missing(Map.of("width", 8L), "reduce"),
                        new KnownSteps.Missing(Map.of("width", 8L), "5x5"),
                        new KnownSteps.Missing(Map.of("width", 16L), "reduce"),
                        new KnownSteps.Missing(Map.of("width", 16L), "5x5"));
    }

    @Test
    void noMoreThanAThousandMissingStepsAreNamed() {
        Sweep sweep = sweep(BOTTLENECK, "{'parameters': {'width': {'from': 1, 'to': 501}}}", null, _ -> Map.of());

        sweep.count(0, 500);
        assertThat(known(sweep).missing()).hasSize(1_000);
        assertThat(known(sweep).moreMissing()).isFalse();

        sweep.count(500, 501);
        assertThat(known(sweep).missing()).hasSize(1_000);
        assertThat(known(sweep).moreMissing()).isTrue();
    }

    @Test
    void stepsOfAnotherBatchAreOtherSteps() {
        String batches =
                "{'batch': '$n', 'input': [8, 8, 4], 'layers': [{'type': 'conv2d', 'filters': 4, 'kernel': 1}]}";
        Sweep sweep = sweep(batches, "{'parameters': {'n': [1, 2]}}", null, _ -> Map.of());

        sweep.count(0, 2);

        assertThat(known(sweep).missing()).hasSize(2);
    }

    private static KnownSteps known(Sweep sweep) {
        return Objects.requireNonNull(sweep.steps());
    }
}
