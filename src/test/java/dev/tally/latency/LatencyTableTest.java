package dev.tally.latency;

import static dev.tally.latency.Measured.chain;
import static dev.tally.latency.Measured.conditions;
import static dev.tally.latency.Measured.figures;
import static dev.tally.latency.Measured.measurement;
import static dev.tally.latency.Measured.measurements;
import static dev.tally.latency.Measured.ofWhole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.measurement.Figures;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurements;
import dev.tally.measurement.NetworkMeasurements;
import dev.tally.measurement.Timing;
import dev.tally.network.LayerKey;
import dev.tally.network.Network;
import dev.tally.network.Subnetworks;
import dev.tally.storage.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class LatencyTableTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Network NETWORK = chain(1, 3, 3);
    private static final String WHOLE = "network " + NETWORK.hash();

    private final LatencyDatabase database;

    LatencyTableTest(TestDatabase kind) {
        database = new LatencyDatabase(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void record(Network network, Measurements measurements) {
        database.table.record(network, "host-a", measurements, NOON);
    }

    private List<Latency> all() {
        return database.latencies.page(LatencyFilter.ALL, null, 10_000).latencies();
    }

    private Latency find(String key) {
        return all().stream()
                .filter(latency -> latency.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** The oracle keeps all samples, and goes over them twice. */
    @Test
    void theFiguresAreThoseOfAllSamples() {
        Random random = new Random(7);
        List<Double> samples = new ArrayList<>();
        double min = Double.MAX_VALUE;
        for (int i = 1; i <= 100; i++) {
            double nanos = 1e6 * (1 + random.nextDouble());
            samples.add(nanos);
            min = Math.min(min, nanos - 1000 * i);
            database.table.record(
                    NETWORK, "host-a", ofWhole(figures(nanos, nanos - 1000 * i, 1 + i / 1000.0)), NOON.plusSeconds(i));

            if (i <= 3 || i == 30 || i == 31 || i == 32 || i == 100) {
                Latency latency = find(WHOLE);
                double mean = samples.stream().mapToDouble(x -> x).sum() / i;
                double squares = samples.stream()
                        .mapToDouble(x -> (x - mean) * (x - mean))
                        .sum();
                assertThat(latency.count()).isEqualTo(i);
                assertThat(latency.mean()).isCloseTo(mean, within(1e-3));
                if (i == 1) {
                    assertThat(latency.variance()).isEmpty();
                } else {
                    double variance = squares / (i - 1);
                    assertThat(latency.variance().orElseThrow()).isCloseTo(variance, within(1e-9 * variance));
                }
                assertThat(latency.median()).isEqualTo(median(samples.subList(Math.max(0, i - 31), i)));
                assertThat(latency.min()).isEqualTo(min);
                assertThat(latency.measuredAt()).isEqualTo(NOON.plusSeconds(i));
                assertThat(latency.disturbance()).isEqualTo(1 + i / 1000.0);
                assertThat(latency.kernel()).isEqualTo("loops");
            }
        }
    }

    private static double median(List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    @Test
    void whatWasMeasuredInSeveralNetworksCountsForEach() {
        Network other = chain(3);

        database.table.record(
                List.of(
                        new NetworkMeasurements(NETWORK, Measured.of(NETWORK, 5e6, 1e6)),
                        new NetworkMeasurements(other, Measured.of(other, 3e6, 2e6))),
                "host-a",
                NOON);

        Latency both = find(LayerKey.of(Subnetworks.of(other).getFirst()).text());
        assertThat(both.count())
                .as("the second's only step is measured with it")
                .isEqualTo(2);
        assertThat(both.mean()).isEqualTo(2e6);
        assertThat(find(WHOLE).count()).isEqualTo(1);
    }

    @Test
    void aNetworkAndEachOfItsStepsAreKeptAndEqualStepsCountOnce() {
        record(NETWORK, measurements(measurement(conditions("java", null, null, 2), NETWORK, figures(900), key -> {
            return key.startsWith("conv k1x1") ? 100 : 400;
        })));

        String tail = " s1x1 d1x1 p1+1,1+1 f3 g1 bias | 16x16x3 | n1 float32 channels_last";
        assertThat(all().stream().collect(Collectors.toMap(Latency::key, Latency::median)))
                .containsOnly(
                        Map.entry(WHOLE, 900.0),
                        Map.entry("conv k1x1" + tail.replace("p1+1,1+1", "p0+0,0+0"), 100.0),
                        Map.entry("conv k3x3" + tail, 400.0));
        assertThat(all()).allSatisfy(latency -> {
            assertThat(latency.count()).isEqualTo(1);
            assertThat(latency.conditions()).isEqualTo(new Conditions("java", "", "float32", 2, "host-a", ""));
        });
    }

    @Test
    void aNetworkOfOneStepIsThatStepTooEvenIfLayersWereNotAskedFor() {
        Network one = chain(5);

        record(one, ofWhole(figures(700)));

        assertThat(all().stream().map(Latency::key))
                .containsExactlyInAnyOrder(
                        "network " + one.hash(),
                        LayerKey.of(Subnetworks.of(one).getFirst()).text());
        assertThat(all()).allSatisfy(latency -> assertThat(latency.median()).isEqualTo(700));
    }

    @Test
    void otherConditionsAreOtherRows() {
        List<Measurement.Conditions> conditions = List.of(
                conditions("java", null, null, 1),
                conditions("java", "direct", null, 1),
                conditions("java", null, null, 2),
                conditions("onnxruntime-cpu", null, null, 1),
                conditions("onnxruntime-cuda", null, "H100, driver 1", 1),
                conditions("onnxruntime-cuda", null, "H100, driver 2", 1),
                new Measurement.Conditions("java", null, "1", true, null, 1, "float16"));
        for (Measurement.Conditions each : conditions) {
            record(NETWORK, measurements(new Measurement(each, figures(5), null, List.of())));
        }
        database.table.record(NETWORK, "host-b", ofWhole(figures(5)), NOON);

        assertThat(all())
                .hasSize(8)
                .allSatisfy(latency -> assertThat(latency.count()).isEqualTo(1));
        assertThat(all().stream().map(Latency::conditions)).doesNotHaveDuplicates();
    }

    @Test
    void severalEnginesAreRecordedAtOnce() {
        record(
                NETWORK,
                measurements(
                        measurement(conditions("java", null, null, 1), NETWORK, figures(1), _ -> 2),
                        measurement(conditions("onnxruntime-cpu", null, null, 1), NETWORK, figures(3), _ -> 4)));

        assertThat(all()).hasSize(6);
        assertThat(all().stream().mapToDouble(Latency::median).sum()).isEqualTo(1 + 2 * 2 + 3 + 2 * 4);
    }

    @Test
    void whatIsNoNumberOrHasNoRunsIsLeftOut() {
        Timing none = new Timing(1, 1, 1, 1, 1, 0, 0);
        for (Figures figures : List.of(
                figures(Double.NaN),
                figures(Double.POSITIVE_INFINITY),
                figures(1, Double.NaN, 1),
                figures(1, 1, Double.NaN),
                figures(1, 1, Double.POSITIVE_INFINITY),
                new Figures("loops", 0, none, 0, 0, OptionalLong.empty(), 1, 0))) {
            record(NETWORK, ofWhole(figures));
        }

        assertThat(all()).isEmpty();
    }

    @Test
    void onADeviceItsOwnTimeCountsWithoutTheCopies() {
        Figures copying = figures(5000, 4000, 1);
        record(NETWORK, ofWhole(new Figures("cuda", 0, copying.timing(), 0, 0, OptionalLong.of(300), 1, 0)));

        assertThat(find(WHOLE).median()).isEqualTo(300);
        assertThat(find(WHOLE).min()).isEqualTo(300);
    }

    @Test
    void whatWasMeasuredOnADisturbedHostCountsUntilItIsMeasuredOnAQuietOne() {
        record(NETWORK, ofWhole(figures(2000, 1900, 2)));
        record(NETWORK, ofWhole(figures(2200, 1800, 1.16)));
        assertThat(find(WHOLE).count()).isEqualTo(2);
        assertThat(find(WHOLE).mean()).isEqualTo(2100);
        assertThat(find(WHOLE).disturbed()).isTrue();

        record(NETWORK, ofWhole(figures(1000, 950, 1.15)));
        Latency quiet = find(WHOLE);
        assertThat(quiet)
                .isEqualTo(new Latency(
                        WHOLE, quiet.conditions(), 1, 1000, OptionalDouble.empty(), 1000, 950, NOON, "loops", 1.15));
        assertThat(quiet.disturbed()).isFalse();

        record(NETWORK, ofWhole(figures(3000, 100, 1.5)));
        assertThat(find(WHOLE)).isEqualTo(quiet);

        record(NETWORK, ofWhole(figures(1100, 1000, 1)));
        assertThat(find(WHOLE).count()).isEqualTo(2);
        assertThat(find(WHOLE).mean()).isEqualTo(1050);
        assertThat(find(WHOLE).variance()).hasValue(5000);
    }

    @Test
    void aLateReportDoesNotMakeALatencyOlder() {
        database.table.record(NETWORK, "host-a", ofWhole(figures(10)), NOON);
        database.table.record(NETWORK, "host-a", ofWhole(figures(20)), NOON.minusSeconds(60));

        assertThat(find(WHOLE).measuredAt()).isEqualTo(NOON);
        assertThat(find(WHOLE).count()).isEqualTo(2);
    }

    @Test
    void longTextsAreCutOrHashed() {
        String names = IntStream.range(0, 1000).mapToObj(i -> "\"input\"").collect(Collectors.joining(", "));
        Network wide = Measured.network(
                "{\"input\": [2, 2, 3], \"layers\": [{\"type\": \"concat\", \"from\": [" + names + "]}]}");
        Measurement.Conditions device = conditions("onnxruntime-cuda", null, "g".repeat(500), 1);
        Figures figures = new Figures("k".repeat(500), 0, figures(5).timing(), 0, 0, OptionalLong.empty(), 1, 0);

        record(wide, measurements(new Measurement(device, figures, null, List.of())));
        record(wide, measurements(new Measurement(device, figures, null, List.of())));

        Latency step = all().stream()
                .filter(latency -> latency.key().startsWith("concat"))
                .findFirst()
                .orElseThrow();
        assertThat(step.key())
                .hasSize(400)
                .startsWith("concat a2 | 2x2x3 | @1 | @1")
                .matches(".* #[0-9a-f]{32}");
        assertThat(step.count()).isEqualTo(2);
        assertThat(step.kernel()).hasSize(200);
        assertThat(step.conditions().device()).hasSize(200);
    }

    @Test
    void isPartOfItsCallersTransaction() {
        database.transaction.executeWithoutResult(status -> {
            record(NETWORK, Measured.of(NETWORK, 1, 1));
            assertThat(all()).hasSize(3);
            status.setRollbackOnly();
        });
        assertThat(all()).isEmpty();

        database.transaction.executeWithoutResult(_ -> record(NETWORK, Measured.of(NETWORK, 1, 1)));
        assertThat(all()).hasSize(3);
    }
}
