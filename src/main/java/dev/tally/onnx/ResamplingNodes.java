package dev.tally.onnx;

import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.Resampling;
import dev.tally.network.Resampling.Interpolation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Layers that make more or fewer elements along the spatial axes. */
record ResamplingNodes(GraphDraft draft, Layout layout) {
    /**
     * The most places that are named one by one, where the nearest elements are not a whole number of times as many.
     */
    private static final int MOST_NEAREST = 1 << 20;

    Operand of(Resampling layer, Node node, Operand input) throws UnexportableException {
        Images images = new Images(draft, layout);
        Operand image = images.of(input);
        Operand made = draft.result("", node, image.order());
        boolean nearest = layer.interpolation() == Interpolation.NEAREST;
        int axes = image.rank() - 1;
        if (axes == 2 && layer.interpolation() == Interpolation.CUBIC) {
            return made.named(cubic(image, made));
        }
        if (axes == 2 && (!nearest || exact(image, made))) {
            return made.named(resize(layer.interpolation(), image.name(), made.sizes()));
        }
        // Interpolation is separable, and ONNX Runtime's is for images of two axes.
        String value = image.name();
        List<Long> sizes = new ArrayList<>(image.sizes());
        for (int axis : images.shrinkingFirst(sizes, made.sizes())) {
            long in = sizes.get(axis);
            long out = made.sizes().get(axis);
            if (in != out) {
                if (nearest && out > MOST_NEAREST) {
                    throw new UnexportableException(
                            node,
                            "expected at most " + MOST_NEAREST
                                    + " nearest elements along an axis that is not resized by a" + " whole factor, got "
                                    + out);
                }
                value = nearest ? gather(value, axis, in, out) : along(layer.interpolation(), value, sizes, axis, out);
                sizes.set(axis, out);
            }
        }
        return made.named(value);
    }

    /**
     * As planes, which are counted along another axis than before: ONNX Runtime moves a transposition that stands right
     * before a resizing past it, and then refuses to make images with the channels last smaller.
     */
    private String cubic(Operand image, Operand made) {
        long samples = image.sizes().getFirst();
        long planes = samples * image.sizes().get(1);
        List<Long> before = planes == 1 ? List.of() : samples == 1 ? List.of(planes, 1L) : List.of(1L, planes);
        String resized = resize(
                Interpolation.CUBIC,
                draft.reshape(image.name(), joined(before, image.sizes().subList(2, 4))),
                joined(before, made.sizes().subList(2, 4)));
        return draft.reshape(resized, made.sizes());
    }

    private static List<Long> joined(List<Long> before, List<Long> after) {
        return Stream.concat(before.stream(), after.stream()).toList();
    }

    private String along(Interpolation interpolation, String value, List<Long> sizes, int axis, long out) {
        long outer = product(sizes.subList(0, axis));
        long inner = product(sizes.subList(axis + 1, sizes.size()));
        String plane = draft.reshape(value, List.of(1L, outer, sizes.get(axis), inner));
        List<Long> resized = new ArrayList<>(sizes);
        resized.set(axis, out);
        return draft.reshape(resize(interpolation, plane, List.of(1L, outer, out, inner)), resized);
    }

    private static long product(List<Long> sizes) {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    private String resize(Interpolation interpolation, String value, List<Long> sizes) {
        List<String> inputs = List.of(value, "", "", draft.constant(sizes));
        return switch (interpolation) {
            case NEAREST ->
                draft.add(
                        "Resize",
                        inputs,
                        Attributes.of("mode", "nearest"),
                        Attributes.of("coordinate_transformation_mode", "asymmetric"),
                        Attributes.of("nearest_mode", "floor"));
            case LINEAR ->
                draft.add(
                        "Resize",
                        inputs,
                        Attributes.of("mode", "linear"),
                        Attributes.of("coordinate_transformation_mode", "half_pixel"));
            case CUBIC ->
                draft.add(
                        "Resize",
                        inputs,
                        Attributes.of("mode", "cubic"),
                        Attributes.of("coordinate_transformation_mode", "half_pixel"),
                        Attributes.of("cubic_coeff_a", -0.75));
        };
    }

    /**
     * Whether the nearest element is the same by whole numbers, as the layer is defined, as by a runtime's quotient of
     * floats: by whole factors always.
     */
    private static boolean exact(Operand image, Operand made) {
        for (int axis = 2; axis < image.sizes().size(); axis++) {
            if (made.sizes().get(axis) % image.sizes().get(axis) != 0) {
                return false;
            }
        }
        return true;
    }

    private String gather(String value, int axis, long in, long out) {
        List<Long> nearest =
                LongStream.range(0, out).map(i -> i * in / out).boxed().toList();
        return draft.add("Gather", List.of(value, draft.constant(nearest)), Attributes.of("axis", axis));
    }
}
