package dev.tally.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The names of a graph's values: each once, in letters that every reader of the format takes. */
final class Names {
    private final Set<String> taken = new HashSet<>();

    /**
     * Where counting goes on for a name that was wanted before: from the start it would take a name's square of steps.
     */
    private final Map<String, Integer> next = new HashMap<>();

    /** {@return a name like the one that is wanted, and takes it} */
    String take(String wanted) {
        String safe = safe(wanted);
        String name = safe;
        int number = next.getOrDefault(safe, 2);
        while (!taken.add(name)) {
            name = safe + "_" + number++;
        }
        next.put(safe, number);
        return name;
    }

    /** {@return the name with what is no letter, digit or one of a few signs as an underscore} */
    static String safe(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9_./-]", "_");
        return safe.isEmpty() ? "_" : safe;
    }
}
