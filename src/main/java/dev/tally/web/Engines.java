package dev.tally.web;

import dev.tally.engine.Algorithm;
import dev.tally.engine.Engine;
import dev.tally.engine.reference.ReferenceEngine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The engines that this service knows, available or not, the preferred ones first.
 *
 * @param all the engines
 */
record Engines(List<Engine> all) {
    Engines {
        all = List.copyOf(all);
    }

    /**
     * {@return the engine that measures where a request names none: the first that is available} The reference is none
     * of them: it is there to check the others, and times a hundred times as long should be asked for. Where no other
     * is available it is the first, for whoever asks to be told why not.
     */
    Engine preferred() {
        return all.stream()
                .filter(engine -> !engine.id().equals(ReferenceEngine.ID))
                .filter(engine -> engine.status().available())
                .findFirst()
                .orElse(all.getFirst());
    }

    Optional<Engine> find(String id) {
        return all.stream().filter(engine -> engine.id().equals(id)).findFirst();
    }

    /** {@return those that have this algorithm} */
    Engines having(String algorithm) {
        return new Engines(
                all.stream().filter(engine -> engine.hasAlgorithm(algorithm)).toList());
    }

    /** {@return those that have algorithms at all} */
    Engines havingAlgorithms() {
        return new Engines(
                all.stream().filter(engine -> !engine.algorithms().isEmpty()).toList());
    }

    /** {@return the ids of all algorithms that can be asked for} */
    List<String> algorithms() {
        return all.stream()
                .flatMap(engine -> engine.algorithms().stream())
                .map(Algorithm::id)
                .distinct()
                .toList();
    }

    /** {@return of each engine in words which algorithms can be asked for} */
    String listAlgorithms() {
        return all.stream().map(Engines::algorithmsOf).collect(Collectors.joining("; "));
    }

    private static String algorithmsOf(Engine engine) {
        String ids = engine.algorithms().stream().map(Algorithm::id).collect(Collectors.joining(", "));
        return engine.id() + (ids.isEmpty() ? " chooses its algorithms by itself" : " has " + ids);
    }

    List<String> ids() {
        return all.stream().map(Engine::id).toList();
    }

    /** {@return all of them in words, with the reason where one is not available} */
    String list() {
        return "there are: "
                + all.stream()
                        .map(engine -> {
                            String reason = engine.status().unavailable();
                            return engine.id() + (reason == null ? "" : " (not available: " + reason + ")");
                        })
                        .collect(Collectors.joining(", "));
    }
}
