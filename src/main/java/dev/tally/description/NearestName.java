package dev.tally.description;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what somebody may have meant: by an alias that other tools use, else by the fewest changed letters. */
public final class NearestName {
    private static final int LONGEST = 40;

    /** Of fewer letters each is another word. */
    private static final int SHORTEST = 4;

    private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final int MOST_COMPARED = 300;

    private NearestName() {}

    /**
     * {@return {@code ; did you mean "…"?}, or nothing where no name is near}
     *
     * @param aliases other tools' names, normalised, to ours
     */
    static String help(String written, Collection<String> names, Map<String, String> aliases) {
        return find(written, names, aliases)
                .map(name -> "; did you mean " + Quoted.of(name) + "?")
                .orElse("");
    }

    /** {@return {@code ; did you mean "…"?}, or nothing where no name is near} */
    public static String help(String written, Collection<String> names) {
        return help(written, names, Map.of());
    }

    private static Optional<String> find(String written, Collection<String> names, Map<String, String> aliases) {
        if (written.length() > LONGEST || names.size() > MOST_COMPARED) {
            return Optional.empty();
        }
        String normalised = normalise(written);
        for (String name : names) {
            if (normalise(name).equals(normalised)) {
                return Optional.of(name);
            }
        }
        String alias = aliases.get(normalised);
        if (alias != null) {
            return Optional.of(alias);
        }
        if (normalised.length() < SHORTEST) {
            return Optional.empty();
        }
        for (String name : names) {
            if (normalise(name).startsWith(normalised)) {
                return Optional.of(name);
            }
        }
        String nearest = null;
        int least = Math.max(1, normalised.length() / 3) + 1;
        for (String name : names) {
            String candidate = name.length() > LONGEST ? "" : normalise(name);
            if (Math.abs(candidate.length() - normalised.length()) < least) {
                int distance = distance(normalised, candidate);
                if (distance < least) {
                    least = distance;
                    nearest = name;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** {@return the name without case and punctuation: {@code MaxPool2d} and {@code max_pool2d} are one} */
    static String normalise(String name) {
        return PUNCTUATION.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** The optimal string alignment distance: letters inserted, left out, changed, or swapped with a neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int changed = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(changed, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
