package dev.tally.description;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What names stand for that are no layer's own: a block's call for the block's output, a repeated layer for its last
 * repetition, a convolution for its activation, what is left out for what it would take. These may stand for others in
 * turn.
 */
final class OutputNames {
    /** Blocks are not nested deeper; a longer way is one of layers that are left out. */
    private static final int LONGEST_WAY = 32;

    private final Map<String, String> outputs = new HashMap<>();

    /** {@return whether the name was free to stand for the output} */
    boolean add(String name, String output) {
        return outputs.put(name, output) == null;
    }

    boolean contains(String name) {
        return outputs.containsKey(name);
    }

    boolean isEmpty() {
        return outputs.isEmpty();
    }

    /** {@return what the name stands for in the end: itself, if for nothing else} */
    String end(String name) {
        String end = name;
        int steps = 0;
        for (String next = outputs.get(end); next != null; next = outputs.get(end)) {
            end = next;
            steps++;
        }
        if (steps > LONGEST_WAY) {
            shorten(name, end);
        }
        return end;
    }

    private void shorten(String name, String end) {
        String at = name;
        for (String next = outputs.put(at, end); next != null && !next.equals(end); ) {
            at = next;
            next = outputs.put(at, end);
        }
    }

    /** {@return one of the names that leads back to itself, or null where none does} */
    @Nullable
    String circle(Collection<String> names) {
        Set<String> ending = new HashSet<>();
        for (String name : names) {
            Set<String> path = new HashSet<>();
            String at = name;
            while (at != null && !ending.contains(at) && path.add(at)) {
                at = outputs.get(at);
            }
            if (at != null && path.contains(at)) {
                return name;
            }
            ending.addAll(path);
        }
        return null;
    }
}
