package dev.tally.planning.alternative;

import dev.tally.network.Convolution;
import dev.tally.network.Dense;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Elementwise;
import dev.tally.network.Layer;
import dev.tally.network.Window;
import java.util.List;

/**
 * A layer of what takes a layer's place.
 *
 * @param suffix what stands behind the replaced layer's name in its own, such as {@code reduce}; the last piece's own
 *     name is that of the replaced layer
 * @param type its type, as people write it
 * @param followed whether copies of what is fused into the replaced layer (batch norm, activation) follow it; those
 *     themselves follow the last piece
 * @param from the suffixes of the pieces that it takes, {@link #INPUT} for what the replaced layer took
 */
record Piece(String suffix, String type, Layer layer, boolean followed, List<String> from) {
    /** What the replaced layer took, in {@code from}. */
    static final String INPUT = "";

    Piece {
        from = List.copyOf(from);
    }

    static Piece of(String suffix, Convolution convolution, String from) {
        return new Piece(suffix, "conv" + convolution.window().rank() + "d", convolution, true, List.of(from));
    }

    static Piece of(String suffix, DepthwiseConvolution convolution, String from) {
        return new Piece(
                suffix, "depthwise_conv" + convolution.window().rank() + "d", convolution, true, List.of(from));
    }

    static Piece of(String suffix, Dense dense, String from) {
        return new Piece(suffix, "dense", dense, true, List.of(from));
    }

    static Piece add(String suffix, String... from) {
        return new Piece(suffix, "add", new Elementwise(Elementwise.Operator.ADD), true, List.of(from));
    }

    /**
     * {@return one of several layers that do together what the target does, with another window} Only the last has the
     * target's filters, or depth multiplier; between them there are no more channels than go in or come out, the fewer
     * of both.
     */
    static Piece like(Target target, String suffix, Window window, String from, boolean last) {
        if (target.layer() instanceof DepthwiseConvolution(int multiplier, Window _, boolean bias)) {
            return of(suffix, new DepthwiseConvolution(last ? multiplier : 1, window, bias), from);
        }
        int between = Math.min(target.channels(), target.filters());
        int filters = last ? target.filters() : between;
        return of(suffix, new Convolution(filters, window, target.groups(), target.bias()), from);
    }

    /** {@return the same, with nothing that follows it} */
    Piece bare() {
        return new Piece(suffix, type, layer, false, from);
    }
}
