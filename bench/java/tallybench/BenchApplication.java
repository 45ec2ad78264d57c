package tallybench;

import dev.tally.TallyApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Outside the packages that Tally scans, so that its own tests do not find it. Tally with one endpoint more: what the
 * framework alone can do, to measure Tally's own against.
 */
@Import({TallyApplication.class, BenchApplication.BareController.class})
class BenchApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(BenchApplication.class, arguments);
    }

    /** Reads JSON and returns JSON of a given size, and does nothing between. */
    @RestController
    static class BareController {
        private final ConcurrentMap<Integer, List<Row>> answers = new ConcurrentHashMap<>();

        /** About as many fields, of about the kinds, that a layer's row has. */
        record Row(
                String name,
                String type,
                List<String> from,
                List<Integer> output,
                long a,
                long b,
                long c,
                long d,
                long e,
                long f,
                long g) {
            static final int BYTES = 165;

            static Row number(int i) {
                return new Row(
                        "inception/layer",
                        "conv2d",
                        List.of("layer"),
                        List.of(28, 28, 192),
                        10_035_200 + i,
                        9_193_472,
                        10_035_200,
                        10_035_200,
                        20_070_400,
                        12_832,
                        51_328);
            }
        }

        @PostMapping(
                path = "/bench/bare",
                consumes = MediaType.APPLICATION_JSON_VALUE,
                produces = MediaType.APPLICATION_JSON_VALUE)
        List<Row> bare(@RequestBody JsonNode body, @RequestParam int size) {
            if (body.isEmpty()) {
                throw new IllegalArgumentException("expected the same body as for an analysis");
            }
            return answers.computeIfAbsent(size, BareController::rows);
        }

        private static List<Row> rows(int size) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < Math.max(1, size / Row.BYTES); i++) {
                rows.add(Row.number(i));
            }
            return rows;
        }
    }
}
