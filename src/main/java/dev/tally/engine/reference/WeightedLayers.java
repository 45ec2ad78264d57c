package dev.tally.engine.reference;

import dev.tally.engine.reference.SumsOfProducts.Filters;
import dev.tally.engine.reference.SumsOfProducts.Patches;
import dev.tally.engine.reference.SumsOfProducts.Sizes;
import dev.tally.network.Convolving;
import dev.tally.network.Layout;
import dev.tally.network.Shape;
import dev.tally.network.TransposedConvolution;
import dev.tally.tensor.FloatValues;

/** The layers whose elements are sums of products with learned filters. */
final class WeightedLayers {
    private WeightedLayers() {}

    static Values convolution(Convolving layer, Operands on) {
        Taps taps = Taps.sliding(layer.window(), on.node().input(), on.node().shape(), on.layout());
        int groups = layer.groups(on.channels());
        int filters = layer.filters(on.channels());
        Sizes sizes = sizes(on, taps, filters, groups);
        return new SumsOfProducts(
                sizes, patches(on, taps, groups), rows(on.learned("kernel"), sizes.terms()), on.numbers("bias"));
    }

    /**
     * As a convolution whose taps read what spreads to them, with zeros between the elements. The kernel's outermost
     * axis is the input's channels, so a filter's numbers are apart.
     */
    static Values transposed(TransposedConvolution layer, Operands on) {
        Taps taps = Taps.spreading(layer.window(), on.node().input(), on.node().shape(), on.layout());
        Sizes sizes = sizes(on, taps, layer.filters(), layer.groups());
        int channels = on.channels() / layer.groups();
        int ofGroup = sizes.filtersOfGroup();
        FloatValues kernel = on.learned("kernel");
        Filters filters = (filter, into) -> {
            for (int i = 0; i < into.length; i++) {
                long channel = (long) filter / ofGroup * channels + i / taps.count();
                into[i] = kernel.at((channel * ofGroup + filter % ofGroup) * taps.count() + i % taps.count());
            }
        };
        return new SumsOfProducts(sizes, patches(on, taps, layer.groups()), filters, on.numbers("bias"));
    }

    private static Sizes sizes(Operands on, Taps taps, int filters, int groups) {
        return new Sizes(
                on.batch(),
                taps.positions(),
                filters,
                groups,
                Math.multiplyExact(on.channels() / groups, taps.count()),
                on.layout() == Layout.CHANNELS_LAST);
    }

    private static Patches patches(Operands on, Taps taps, int groups) {
        Values input = on.input();
        int channels = on.channels() / groups;
        long stride = on.channelStride();
        return (position, group, into, at) -> taps.each(position, (tap, place) -> {
            long first = place + (long) group * channels * stride;
            for (int channel = 0; channel < channels; channel++) {
                into[at + channel * taps.count() + tap] = place < 0 ? 0 : input.at(first + channel * stride);
            }
        });
    }

    /** {@return what each row of the last axis becomes, {@code y = W x + b}} */
    static SumsOfProducts dense(Values input, long rows, int terms, int units, Filters kernel, Learned bias) {
        Sizes sizes = new Sizes(1, Math.toIntExact(rows), units, 1, terms, true);
        Patches patches = (row, _, into, at) -> {
            for (int i = 0; i < terms; i++) {
                into[at + i] = input.at(row * terms + i);
            }
        };
        return new SumsOfProducts(sizes, patches, kernel, bias);
    }

    static Values dense(int units, Operands on) {
        Shape input = on.node().input();
        int terms = input.size(input.rank() - 1);
        long rows = on.batch() * (input.elements() / terms);
        return dense(on.input(), rows, terms, units, rows(on.learned("kernel"), terms), on.numbers("bias"));
    }

    /** {@return the rows of a matrix, by their number} */
    static Filters rows(FloatValues matrix, int length) {
        return (row, into) -> {
            for (int i = 0; i < length; i++) {
                into[i] = matrix.at((long) row * length + i);
            }
        };
    }
}
