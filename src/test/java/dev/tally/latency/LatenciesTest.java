package dev.tally.latency;

import static dev.tally.latency.Measured.chain;
import static dev.tally.latency.Measured.conditions;
import static dev.tally.latency.Measured.figures;
import static dev.tally.latency.Measured.measurement;
import static dev.tally.latency.Measured.measurements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.measurement.Measurement;
import dev.tally.network.Network;
import dev.tally.storage.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class LatenciesTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final List<Measurement.Conditions> CONDITIONS = List.of(
            conditions("java", null, null, 1),
            conditions("java", null, null, 2),
            conditions("java", "direct", null, 1),
            conditions("onnxruntime-cpu", null, null, 1),
            new Measurement.Conditions("java", null, "1", true, null, 1, "float16"));

    private final LatencyDatabase database;

    LatenciesTest(TestDatabase kind) {
        database = new LatencyDatabase(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void record(String host, Measurement.Conditions conditions, Network network) {
        database.table.record(network, host, measurements(measurement(conditions, network, figures(1), _ -> 1)), NOON);
    }

    /** Under ten conditions, seven keys each. */
    private void fill() {
        for (String host : List.of("host-b", "host-a")) {
            for (Measurement.Conditions conditions : CONDITIONS) {
                record(host, conditions, chain(9, 1, 3, 5, 11, 7));
            }
        }
    }

    private List<Latency> follow(LatencyFilter filter, int limit, Runnable between) {
        List<Latency> all = new ArrayList<>();
        Cursor cursor = null;
        do {
            Latencies.Page page = database.latencies.page(filter, cursor, limit);
            assertThat(page.latencies().size()).isLessThanOrEqualTo(limit);
            all.addAll(page.latencies());
            cursor = page.next() == null
                    ? null
                    : Cursor.parse(page.next().text()).orElseThrow();
            between.run();
        } while (cursor != null);
        return all;
    }

    private List<Latency> all() {
        return database.latencies.page(LatencyFilter.ALL, null, 10_000).latencies();
    }

    @Test
    void aTableWithNothingInItIsOnePage() {
        Latencies.Page page = database.latencies.page(LatencyFilter.ALL, null, 1);

        assertThat(page.latencies()).isEmpty();
        assertThat(page.next()).isNull();
    }

    @Test
    void pagesOfAnySizeAreThePartsOfOneOrder() {
        fill();
        List<Latency> expected = all();

        assertThat(expected).hasSize(70).doesNotHaveDuplicates();
        for (int limit : new int[] {1, 2, 6, 7, 8, 69, 70, 71}) {
            assertThat(follow(LatencyFilter.ALL, limit, () -> {}))
                    .as("pages of %s", limit)
                    .isEqualTo(expected);
        }
        assertThat(database.latencies.page(LatencyFilter.ALL, null, 70).next()).isNull();
    }

    @Test
    void everyRowIsVisitedOnceWhileRowsAreAdded() {
        fill();
        List<Latency> before = all();
        int[] added = {0};

        List<Latency> visited = follow(LatencyFilter.ALL, 3, () -> {
            // Before and behind every cursor: of known conditions and of new ones.
            int kernel = 2 * ++added[0];
            record("host-b", CONDITIONS.getFirst(), chain(kernel));
            record("host-a", CONDITIONS.getLast(), chain(kernel));
            if (added[0] <= 5) {
                record("host-c", conditions("java", null, null, added[0]), chain(1));
            }
        });

        assertThat(visited.stream().map(LatenciesTest::name)).doesNotHaveDuplicates();
        assertThat(visited).containsAll(before);
        assertThat(visited.size()).isGreaterThan(before.size());
    }

    private static String name(Latency latency) {
        return latency.conditions() + latency.key();
    }

    @Test
    void eachFilterAndAllTogetherLetThroughWhatTheySay() {
        fill();
        List<Latency> all = all();
        String key = all.stream()
                .map(Latency::key)
                .filter(text -> text.startsWith("conv k5"))
                .findFirst()
                .orElseThrow();

        expect(
                all,
                new LatencyFilter(key, null, null, null, null, null, null),
                10,
                it -> it.key().equals(key));
        expect(
                all,
                new LatencyFilter(null, "conv k1", null, null, null, null, null),
                20,
                it -> it.key().startsWith("conv k1"));
        expect(all, new LatencyFilter(null, "", null, null, null, null, null), 70, _ -> true);
        expect(
                all,
                new LatencyFilter(null, "network ", null, null, null, null, null),
                10,
                it -> it.key().startsWith("network "));
        expect(
                all,
                new LatencyFilter(null, null, "java", null, null, null, null),
                56,
                it -> it.conditions().engine().equals("java"));
        expect(
                all,
                new LatencyFilter(null, null, null, "", null, null, null),
                56,
                it -> it.conditions().algorithm().isEmpty());
        expect(
                all,
                new LatencyFilter(null, null, null, "direct", null, null, null),
                14,
                it -> it.conditions().algorithm().equals("direct"));
        expect(
                all,
                new LatencyFilter(null, null, null, null, "float16", null, null),
                14,
                it -> it.conditions().precision().equals("float16"));
        expect(
                all,
                new LatencyFilter(null, null, null, null, null, 2, null),
                14,
                it -> it.conditions().threads() == 2);
        expect(
                all,
                new LatencyFilter(null, null, null, null, null, null, "host-a"),
                35,
                it -> it.conditions().host().equals("host-a"));
        expect(
                all,
                new LatencyFilter(null, "conv k1", "java", "", "float32", 2, "host-a"),
                2,
                it -> it.key().startsWith("conv k1")
                        && it.conditions().threads() == 2
                        && it.conditions().host().equals("host-a"));
        expect(all, new LatencyFilter(null, null, "java", null, "float16", 2, null), 0, _ -> false);
        expect(all, new LatencyFilter("conv", null, null, null, null, null, null), 0, _ -> false);
    }

    private void expect(List<Latency> all, LatencyFilter filter, int size, Predicate<Latency> wanted) {
        List<Latency> expected = all.stream().filter(wanted).toList();
        assertThat(expected).as(filter.toString()).hasSize(size);
        for (int limit : new int[] {1, 3, 100}) {
            assertThat(follow(filter, limit, () -> {})).as(filter.toString()).isEqualTo(expected);
        }
    }

    /** Those that a language's order would mix with others, and the last character that there is. */
    @Test
    void whatAKeyBeginsWithIsTakenByTheLetter() {
        fill();
        database.jdbc
                .sql("update latency set layer_key = 'conv ~a' where layer_key like 'conv k5%'")
                .update();
        database.jdbc
                .sql("update latency set layer_key = 'CONV k' where layer_key like 'conv k7%'")
                .update();

        for (String prefix : List.of("conv ~", "conv", "CONV k", "conv k1x", "conv k11", "~", "conv_")) {
            List<Latency> expected = all().stream()
                    .filter(latency -> latency.key().startsWith(prefix))
                    .toList();
            assertThat(follow(new LatencyFilter(null, prefix, null, null, null, null, null), 4, () -> {}))
                    .as(prefix)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aCursorIsReadBackAndNothingElseIs() {
        Cursor cursor =
                Cursor.parse(new Cursor(17, "conv k1x1 + relu | 3").text()).orElseThrow();

        assertThat(cursor.conditions()).isEqualTo(17);
        assertThat(cursor.key()).isEqualTo("conv k1x1 + relu | 3");
        Stream.of(
                        "",
                        "x",
                        "1",
                        "?",
                        "1 17",
                        "1 17 ",
                        "2 17 a",
                        "1 -1 a",
                        "1 1e3 a",
                        "1 9999999999 a",
                        "1 01 a",
                        "1 1 \u00e4")
                .forEach(text -> {
                    assertThat(Cursor.parse(text)).as(text).isEmpty();
                    assertThat(Cursor.parse(
                                    Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))))
                            .as(text)
                            .isEmpty();
                });
        assertThat(Cursor.parse(new Cursor(1, "a\u0000").text())).isEmpty();
        assertThat(Cursor.parse(new Cursor(1, "a".repeat(401)).text())).isEmpty();
    }

    @Test
    void aFilterOfWhatNoDatabaseTakesIsRefused() {
        for (String text : List.of("\u0000", "\u00e4", "a".repeat(401), "\n")) {
            assertThatThrownBy(() -> new LatencyFilter(null, text, null, null, null, null, null))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
