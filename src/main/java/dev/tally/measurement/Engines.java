package dev.tally.measurement;

import dev.tally.engine.Algorithm;
import dev.tally.engine.Engine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The engines that this service knows, available or not, the preferred ones first.
 *
 * @param all the engines
 */
public record Engines(List<Engine> all) {
    public Engines {
        all = List.copyOf(all);
    }

    /** {@return the one with this id} */
    public Optional<Engine> find(String id) {
        return all.stream().filter(engine -> engine.id().equals(id)).findFirst();
    }

    /** {@return those that have this algorithm} */
    public Engines having(String algorithm) {
        return new Engines(
                all.stream().filter(engine -> engine.hasAlgorithm(algorithm)).toList());
    }

    /** {@return those that have algorithms at all} */
    public Engines havingAlgorithms() {
        return new Engines(
                all.stream().filter(engine -> !engine.algorithms().isEmpty()).toList());
    }

    /** {@return the ids of all algorithms that can be asked for} */
    public List<String> algorithms() {
        return all.stream()
                .flatMap(engine -> engine.algorithms().stream())
                .map(Algorithm::id)
                .distinct()
                .toList();
    }

    /** {@return of each engine in words which algorithms can be asked for} */
    public String listAlgorithms() {
        return all.stream().map(Engines::algorithmsOf).collect(Collectors.joining("; "));
    }

    private static String algorithmsOf(Engine engine) {
        String ids = engine.algorithms().stream().map(Algorithm::id).collect(Collectors.joining(", "));
        return engine.id() + (ids.isEmpty() ? " chooses its algorithms by itself" : " has " + ids);
    }

    /** {@return their ids} */
    public List<String> ids() {
        return all.stream().map(Engine::id).toList();
    }
}
