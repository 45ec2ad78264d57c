package tallybench;

import dev.tally.engine.onnxruntime.Optimization;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the command line asks for.
 *
 * @param sets the layers
 * @param threads with how many threads, one table after the other; of several, those that have a core each
 * @param rounds how often the contenders take turns
 * @param algorithms whether every algorithm is timed too
 * @param optimization how far ONNX Runtime rewrites its graphs
 * @param csv where figures are written to as well
 */
record ConvolutionOptions(
        List<ConvolutionSet> sets,
        List<Integer> threads,
        int rounds,
        boolean algorithms,
        Optimization optimization,
        Optional<Path> csv) {
    private static final int ROUNDS = 7;

    static final String USAGE = """
            bench/convolution.sh [options]
              --sets NAMES           of %s; all of them
              --layers TEXT          only the layers whose name or geometry contains this: 5×5
              --threads NUMBERS      1,2, as far as there are cores
              --rounds NUMBER        %d
              --algorithms           times every algorithm that applies, to check the choice
              --optimization LEVEL   ONNX Runtime's: none, basic, extended, all; all
              --csv FILE             writes the figures there too
            """.formatted(String.join(",", ConvolutionSet.names()), ROUNDS);

    /**
     * {@return the options of a command line}
     *
     * @param cores how many threads there may be where no number is asked for
     * @throws IllegalArgumentException if it is none
     */
    static ConvolutionOptions of(String[] arguments, int cores) {
        List<String> names = ConvolutionSet.names();
        String text = "";
        List<Integer> threads =
                Stream.of(1, 2).filter(number -> number <= cores).toList();
        int rounds = ROUNDS;
        boolean algorithms = false;
        Optimization optimization = Optimization.ALL;
        Optional<Path> csv = Optional.empty();
        for (Iterator<String> rest = List.of(arguments).iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--sets" -> names = List.of(value(option, rest).split(","));
                case "--layers" -> text = value(option, rest);
                case "--threads" ->
                    threads = Stream.of(value(option, rest).split(","))
                            .map(Integer::valueOf)
                            .toList();
                case "--rounds" -> rounds = Integer.parseInt(value(option, rest));
                case "--algorithms" -> algorithms = true;
                case "--optimization" -> optimization = optimization(value(option, rest));
                case "--csv" -> csv = Optional.of(Path.of(value(option, rest)));
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds: expected at least 1, got " + rounds);
        }
        return new ConvolutionOptions(sets(names, text), threads, rounds, algorithms, optimization, csv);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + ": expected a value");
        }
        return rest.next();
    }

    private static Optimization optimization(String id) {
        return Stream.of(Optimization.values())
                .filter(level -> level.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--optimization: there is no level " + id));
    }

    private static List<ConvolutionSet> sets(List<String> names, String text) {
        List<ConvolutionSet> sets = names.stream()
                .map(ConvolutionSet::named)
                .map(set -> set.containing(text))
                .filter(set -> !set.layers().isEmpty())
                .toList();
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("--layers: none contains " + text);
        }
        return sets;
    }
}
