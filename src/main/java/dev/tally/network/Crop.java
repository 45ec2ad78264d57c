package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import dev.tally.network.Padding.Explicit;
import java.util.List;

/**
 * The input without its margins along the spatial axes (Keras Cropping2D).
 *
 * @param margins what is cut off before and after, one entry for every spatial axis or one for all of them
 */
public record Crop(List<Explicit> margins) implements Rearranging {
    public Crop {
        margins = List.copyOf(margins);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int[] sizes = new int[input.rank() - 1];
        for (int i = 0; i < sizes.length; i++) {
            Explicit margin = Explicit.of(margins, i, sizes.length, "margins");
            long size = (long) layout.spatial(input, i) - margin.before() - margin.after();
            require(size >= 1, "margins", () -> "at least one element to be left of " + input, size);
            sizes[i] = (int) size;
        }
        require(sizes.length > 0, "", "an input with spatial axes", input);
        return layout.shape(layout.channels(input), sizes);
    }
}
