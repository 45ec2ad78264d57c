package dev.tally.planning.comparison;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What networks are called beside each other. */
final class UniqueNames {
    private UniqueNames() {}

    /**
     * {@return a name for each, no two alike: its own where it has one that none before it has, else {@code network 2},
     * the second's, with a number behind where that is another's own}
     *
     * @param own what they call themselves; may be empty
     */
    static List<String> of(List<String> own) {
        Set<String> taken = new HashSet<>(own);
        Set<String> given = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            String name = own.get(i);
            if (name.isEmpty() || given.contains(name)) {
                name = free("network " + (i + 1), taken);
            }
            taken.add(name);
            given.add(name);
            names.add(name);
        }
        return names;
    }

    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int number = 2; taken.contains(free); number++) {
            free = name + " (" + number + ")";
        }
        return free;
    }
}
