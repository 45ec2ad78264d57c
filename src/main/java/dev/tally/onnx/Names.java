package dev.tally.onnx;

import java.util.HashSet;
import java.util.Set;

/** The names of a graph's values: each once, in letters that every reader of the format takes. */
final class Names {
    private final Set<String> taken = new HashSet<>();

    /** {@return a name like the one that is wanted, and takes it} */
    String take(String wanted) {
        String safe = safe(wanted);
        String name = safe;
        for (int i = 2; !taken.add(name); i++) {
            name = safe + "_" + i;
        }
        return name;
    }

    /** {@return the name with what is no letter, digit or one of a few signs as an underscore} */
    static String safe(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9_./-]", "_");
        return safe.isEmpty() ? "_" : safe;
    }
}
