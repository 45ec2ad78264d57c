package dev.tally.planning.sweep;

import static dev.tally.planning.sweep.Sweeping.space;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.description.DescriptionError;
import dev.tally.description.InvalidDescriptionException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceReaderTest {
    private static List<Map<String, Long>> points(String document) {
        ParameterSpace space = space(document);
        return LongStream.range(0, space.size().longValueExact())
                .mapToObj(space::point)
                .toList();
    }

    @Test
    void everyValueIsTakenWithEveryOthersAndTheLastParameterChangesFastest() {
        assertThat(points("{'parameters': {'b': [1, 2], 'a': [30, 10]}}"))
                .containsExactly(
                        Map.of("b", 1L, "a", 30L),
                        Map.of("b", 1L, "a", 10L),
                        Map.of("b", 2L, "a", 30L),
                        Map.of("b", 2L, "a", 10L));
        assertThat(space("{'parameters': {'b': [1, 2], 'a': [3]}}").point(0).keySet())
                .containsExactly("b", "a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'from': 8, 'to': 24, 'step': 8}       | 8 16 24",
                "{'from': 8, 'to': 23, 'step': 8}       | 8 16",
                "{'from': 3, 'to': 5}                   | 3 4 5",
                "{'from': 5, 'to': 5}                   | 5",
                "{'from': 2, 'to': -2, 'step': -2}      | 2 0 -2",
                "{'from': 3, 'to': 25, 'factor': 2}     | 3 6 12 24",
                "{'from': 1, 'to': 2147483647, 'factor': 65536} | 1 65536",
                "[7, 7, 1]                              | 7 7 1",
            })
    void aRangeHasItsLastValue(String values, String expected) {
        assertThat(points("{'parameters': {'w': " + values.replace('"', '\'') + "}}").stream()
                        .map(point -> String.valueOf(point.get("w"))))
                .containsExactly(expected.split(" "));
    }

    @Test
    void aRangeOfAllIntegersTakesNoMemory() {
        ParameterSpace space = space(
                "{'parameters': {'a': {'from': -2147483648, 'to': 2147483647}, 'b': {'from': 1, 'to': 2147483647}}}");

        // 2^32 · (2^31 - 1)
        assertThat(space.size()).isEqualTo("9223372032559808512");
        assertThat(space.point(9_223_372_032_559_808_511L)).isEqualTo(Map.of("a", 2147483647L, "b", 2147483647L));
    }

    @Test
    void pointsAreTakenAsTheyStand() {
        assertThat(points("{'points': [{'a': 1, 'b': 2}, {'b': 4, 'a': 3}]}"))
                .containsExactly(Map.of("a", 1L, "b", 2L), Map.of("a", 3L, "b", 4L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                  |  | got neither",
                "{'parameters': {'a': [1]}, 'points': [{'a': 1}]}    | /points | got both",
                "{'parameters': []}                                  | /parameters | got []",
                "{'parameters': {}}                                  | /parameters | got an empty one",
                "{'parameters': {'a': []}}                           | /parameters/a | got an empty list",
                "{'parameters': {'a': 8}}                            | /parameters/a | got 8",
                "{'parameters': {'a': [1, 2.5]}}                     | /parameters/a/1 | got 2.5",
                "{'parameters': {'a': [4294967296]}}                 | /parameters/a/0 | got 4294967296",
                "{'parameters': {'a': ['8']}}                        | /parameters/a/0 | got the string \"8\"",
                "{'parameters': {'a': {'from': 64, 'to': 8}}}        | /parameters/a | got an empty one: from 64 to 8 in steps of 1",
                "{'parameters': {'a': {'from': 8, 'to': 64, 'step': -8}}} | /parameters/a | from 8 to 64 in steps of -8",
                "{'parameters': {'a': {'from': 8, 'to': 64, 'step': 0}}}  | /parameters/a/step | other than 0, got 0",
                "{'parameters': {'a': {'from': 8, 'to': 4, 'factor': 2}}} | /parameters/a | from 8 to 4 by factors of 2",
                "{'parameters': {'a': {'from': 0, 'to': 4, 'factor': 2}}} | /parameters/a/from | at least 1 where there is a factor, got 0",
                "{'parameters': {'a': {'from': 1, 'to': 4, 'factor': 1}}} | /parameters/a/factor | at least 2, got 1",
                "{'parameters': {'a': {'from': 1, 'to': 4, 'factor': 2, 'step': 1}}} | /parameters/a | got both",
                "{'parameters': {'a': {'to': 4}}}                    | /parameters/a | \"from\", the first value, got nothing",
                "{'parameters': {'a': {'from': 1, 'to': 4, 'by': 2}}} | /parameters/a/by | did you mean \"step\"?",
                "{'points': []}                                      | /points | got an empty one",
                "{'points': [{}]}                                    | /points/0 | got an empty one",
                "{'points': [{'a': 1}, {'a': 1, 'b': 2}]}            | /points/1/b | the first has no \"b\"",
                "{'points': [{'a': 1, 'b': 2}, {'a': 1}]}            | /points/1 | expected a value of \"b\"",
                "{'points': [{'a': null}]}                           | /points/0/a | got null",
            })
    void whatIsNoSpaceIsToldWhereAndWhy(String document, String pointer, String detail) {
        DescriptionError error = catchThrowableOfType(InvalidDescriptionException.class, () -> space(document))
                .errors()
                .getFirst();

        assertThat(error.pointer()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(error.detail()).contains(detail.replace('\'', '"'));
    }
}
