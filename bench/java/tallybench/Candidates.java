package tallybench;

import java.util.SplittableRandom;

/**
 * Random networks of GoogLeNet's kind, as a planner would draw them: a block of a convolution, a block of an inception
 * module, and some nine calls of that, with widths, kernels and the number of modules of their own.
 */
final class Candidates {
    private final SplittableRandom random;

    Candidates(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** {@return the next candidate's description, on one line} */
    String next() {
        StringBuilder json = new StringBuilder(6000);
        json.append("{\"input\": [224, 224, 3], \"blocks\": {")
                .append("\"conv\": {\"parameters\": [\"filters\", \"kernel\"], \"layers\": [")
                .append(
                        "{\"name\": \"conv\", \"type\": \"conv2d\", \"filters\": \"$filters\", \"kernel\": \"$kernel\",")
                .append(" \"padding\": \"same\", \"bias\": false}, {\"name\": \"bn\", \"type\": \"batch_norm\"},")
                .append(" {\"name\": \"relu\", \"type\": \"relu\"}]}, ")
                .append(
                        "\"inception\": {\"parameters\": [\"b1\", \"r3\", \"b3\", \"r5\", \"b5\", \"pool\", \"kernel\"],")
                .append(" \"layers\": [");
        conv(json, "b1", "\"input\"", "\"$b1\"", "1");
        conv(json.append(", "), "r3", "\"input\"", "\"$r3\"", "1");
        conv(json.append(", "), "b3", "\"r3\"", "\"$b3\"", "3");
        conv(json.append(", "), "r5", "\"input\"", "\"$r5\"", "1");
        conv(json.append(", "), "b5", "\"r5\"", "\"$b5\"", "\"$kernel\"");
        json.append(
                        ", {\"name\": \"pool\", \"type\": \"max_pool2d\", \"from\": \"input\", \"kernel\": 3, \"stride\": 1,")
                .append(" \"padding\": \"same\"}");
        conv(json.append(", "), "p", "\"pool\"", "\"$pool\"", "1");
        json.append(
                ", {\"name\": \"out\", \"type\": \"concat\", \"from\": [\"b1\", \"b3\", \"b5\", \"p\"]}]}}, \"layers\": [");
        stem(json);
        int modules = random.nextInt(7, 12);
        for (int module = 0; module < modules; module++) {
            if (module == 2 || module == modules - 2) {
                json.append(", {\"type\": \"max_pool2d\", \"kernel\": 3, \"stride\": 2, \"padding\": \"same\"}");
            }
            inception(json.append(", "), module);
        }
        return json.append(
                        ", {\"type\": \"global_avg_pool\"}, {\"type\": \"dropout\"}, {\"type\": \"dense\", \"units\": 1000},")
                .append(" {\"type\": \"softmax\"}]}")
                .toString();
    }

    private static void conv(StringBuilder json, String name, String from, String filters, String kernel) {
        json.append("{\"name\": \"").append(name).append("\", \"type\": \"block\", \"block\": \"conv\", \"from\": ");
        json.append(from).append(", \"parameters\": {\"filters\": ").append(filters);
        json.append(", \"kernel\": ").append(kernel).append("}}");
    }

    private void stem(StringBuilder json) {
        json.append("{\"name\": \"stem1\", \"type\": \"conv2d\", \"filters\": ")
                .append(width(32, 96))
                .append(", \"kernel\": ")
                .append(odd(5, 9))
                .append(", \"stride\": 2, \"padding\": \"same\", \"activation\": \"relu\"}, ")
                .append("{\"type\": \"max_pool2d\", \"kernel\": 3, \"stride\": 2, \"padding\": \"same\"}, ")
                .append("{\"name\": \"stem2\", \"type\": \"conv2d\", \"filters\": ")
                .append(width(96, 256))
                .append(", \"kernel\": 3, \"padding\": \"same\", \"activation\": \"relu\"}, ")
                .append("{\"type\": \"max_pool2d\", \"kernel\": 3, \"stride\": 2, \"padding\": \"same\"}");
    }

    private void inception(StringBuilder json, int module) {
        json.append("{\"name\": \"inception")
                .append(module)
                .append("\", \"type\": \"block\", \"block\": \"inception\", \"parameters\": {\"b1\": ")
                .append(width(32, 384))
                .append(", \"r3\": ")
                .append(width(32, 192))
                .append(", \"b3\": ")
                .append(width(64, 384))
                .append(", \"r5\": ")
                .append(width(8, 48))
                .append(", \"b5\": ")
                .append(width(16, 128))
                .append(", \"pool\": ")
                .append(width(16, 128))
                .append(", \"kernel\": ")
                .append(odd(3, 7))
                .append("}}");
    }

    private int width(int from, int to) {
        return random.nextInt(from, to + 1) / 8 * 8;
    }

    private int odd(int from, int to) {
        return random.nextInt(from / 2, to / 2 + 1) * 2 + 1;
    }
}
