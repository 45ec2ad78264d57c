package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import dev.tally.network.Padding.Explicit;
import java.util.List;

/**
 * The input with margins added along the spatial axes (PyTorch ZeroPad2d and its kin). What it adds are elements like
 * others: what reads them later reads in bounds.
 *
 * @param padding what is added before and after, one entry for every spatial axis or one for all of them
 * @param mode what the margins are filled with
 */
public record Pad(List<Explicit> padding, Mode mode) implements Rearranging {
    /** What the margins are filled with; changes values, no count. */
    public enum Mode {
        /** Zeros. */
        ZEROS("zeros"),
        /** The input mirrored at its first and last element, which are not repeated. */
        REFLECT("reflect"),
        /** The first and the last element repeated. */
        REPLICATE("replicate");

        private final String id;

        Mode(String id) {
            this.id = id;
        }

        /** {@return the name in the JSON description} */
        public String id() {
            return id;
        }
    }

    public Pad {
        padding = List.copyOf(padding);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int[] sizes = new int[input.rank() - 1];
        require(sizes.length > 0, "", "an input with spatial axes", input);
        for (int i = 0; i < sizes.length; i++) {
            Explicit margin = Explicit.of(padding, i, sizes.length, "padding");
            int size = layout.spatial(input, i);
            require(
                    mode != Mode.REFLECT || Math.max(margin.before(), margin.after()) < size,
                    "padding",
                    () -> "less than the " + size + " elements that are mirrored",
                    Math.max(margin.before(), margin.after()));
            long padded = (long) size + margin.before() + margin.after();
            require(padded <= Integer.MAX_VALUE, "padding", "an output of at most 2^31-1 along an axis", padded);
            sizes[i] = (int) padded;
        }
        return layout.shape(layout.channels(input), sizes);
    }
}
