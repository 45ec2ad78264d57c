package dev.tally.description;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.CountOverflowException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every attribute of every type with values that it was not made for: read, or refused at its place, at once. */
@Timeout(60)
class EveryAttributeTest {
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "2",
            "-1",
            "7",
            "65536",
            "1000000007",
            "2147483647",
            "-2147483647",
            "-2147483648",
            "2147483648",
            "9223372036854775807",
            "1000000000000000000000000000000",
            "'2147483647'",
            "'1 / 0'",
            "'2147483647 * 2147483647'",
            "0.5",
            "1e30",
            "1e-30",
            "-0.0");
    private static final List<String> OTHERS =
            List.of("true", "'same'", "'zeros'", "''", "{}", "{'a': 1}", "[]", "[[]]", "[null]", "[{}]", "[[[1]]]");

    @Test
    void valuesAreReadOrRefusedAtTheirPlace() {
        int read = 0;
        int refused = 0;
        for (LayerType<?> type : LayerTypes.all()) {
            for (Attribute<?> attribute : type.attributes()) {
                for (String value : values()) {
                    for (String input : inputs(type.name())) {
                        ObjectNode layer = type.example().put("name", "x");
                        layer.set(attribute.name(), DescriptionJson.read(json(value)));
                        if (isRead(layer, input)) {
                            read++;
                        } else {
                            refused++;
                        }
                    }
                }
            }
        }

        assertThat(read).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void whatIsNoValueOfItsKindIsRefusedByName() {
        for (LayerType<?> type : LayerTypes.all()) {
            for (Attribute<?> attribute : type.attributes()) {
                for (String value : List.of("{'a': 1}", "[{}]", "[[[1]]]", "''")) {
                    ObjectNode layer = type.example().put("name", "x");
                    layer.set(attribute.name(), DescriptionJson.read(json(value)));
                    assertThat(Descriptions.errors(described(layer, "[8, 8, 6]")))
                            .as(layer.toString())
                            .anySatisfy(error -> {
                                assertThat(error.pointer()).startsWith("/layers/0/" + attribute.name());
                                assertThat(error.layer()).isEqualTo("x");
                                assertThat(error.detail())
                                        .startsWith("expected ")
                                        .contains(", got ");
                            });
                }
            }
        }
    }

    private static List<String> inputs(String type) {
        return type.endsWith("1d")
                ? List.of("[8, 6]")
                : type.endsWith("2d")
                        ? List.of("[8, 8, 6]")
                        : type.endsWith("3d") ? List.of("[4, 4, 4, 6]") : List.of("[6]", "[8, 8, 6]");
    }

    private static List<String> values() {
        List<String> values = new ArrayList<>(NUMBERS);
        for (String number : NUMBERS) {
            values.add("[1, " + number + "]");
            values.add("[[" + number + ", 1], [0, " + number + "]]");
        }
        values.addAll(OTHERS);
        return values;
    }

    private static boolean isRead(ObjectNode layer, String input) {
        try {
            Analysis analysis = Analysis.of(Descriptions.network(described(layer, input)));
            analysis.layers().forEach(each -> {
                assertThat(each.formula(analysis)).isNotNull();
                assertThat(each.receptiveField().sizes().values())
                        .allSatisfy(sizes -> assertThat(sizes).allMatch(size -> size >= 1));
                assertThat(each.operations().multiplies()).isNotNegative();
                assertThat(each.operations().additions()).isNotNegative();
                assertThat(each.operations().multipliesInBounds())
                        .isBetween(0L, each.operations().multiplies());
            });
            return true;
        } catch (InvalidDescriptionException e) {
            assertThat(e.errors()).as(layer + " on " + input).allSatisfy(error -> {
                assertThat(error.pointer()).startsWith("/layers/0");
                assertThat(error.layer()).startsWith("x");
                assertThat(error.detail()).isNotEmpty();
            });
            return false;
        } catch (CountOverflowException e) {
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(layer + " on " + input, e);
        }
    }

    /** A learned tensor takes no input: an activation does instead. */
    private static String described(ObjectNode layer, String input) {
        JsonNode taker =
                JsonNodeFactory.instance.objectNode().put("type", "relu").put("from", "input");
        return "{'input': " + input + ", 'layers': [" + layer + ", " + taker + "]}";
    }

    private static byte[] json(String value) {
        return value.replace('\'', '"').getBytes(UTF_8);
    }
}
