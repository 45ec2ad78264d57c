package dev.tally.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void smallAndLargeNumbersAreWrittenOut() {
        assertThat(Csv.writer(Line.class)
                        .writeValueAsString(List.of(
                                new Line("a", 8.28E-4, 1.5E9), new Line("b", 1, null), new Line("c", -2.5, 0.0))))
                .isEqualTo("name,millis,ratio\r\na,0.000828,1500000000\r\nb,1.0,\r\nc,-2.5,0.0\r\n");
    }

    @Test
    void cellsByNameAreWrittenOutToo() {
        assertThat(new String(
                        Csv.write(
                                List.of("name", "millis"),
                                List.of(Map.of("name", "a", "millis", 1.0E-6), Map.of("name", "b"))),
                        UTF_8))
                .isEqualTo("name,millis\r\na,0.0000010\r\nb,\r\n");
    }

    @Test
    void whatIsNoNumberStaysSo() {
        assertThat(Csv.writer(Line.class).writeValueAsString(List.of(new Line("a", Double.NaN, null))))
                .endsWith("a,NaN,\r\n");
    }

    private record Line(
            String name, double millis, @Nullable Double ratio) {}
}
