package dev.tally.onnx;

import dev.tally.analysis.LayerDraw;
import dev.tally.network.DataType;
import dev.tally.network.Identity;
import dev.tally.network.InvalidNetworkException;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import org.jspecify.annotations.Nullable;

/** Networks of one layer, drawn at random. */
public final class DrawnNetwork {
    private DrawnNetwork() {}

    /** {@return a network of the layer that is drawn, in float32; null where the draw does not fit} */
    public static @Nullable Network of(LayerDraw draw, int batch) {
        NetworkBuilder builder =
                new NetworkBuilder("drawn").layout(draw.layout()).batch(batch).dataType(DataType.FLOAT32);
        String[] from = new String[draw.inputs().size()];
        for (int i = 0; i < from.length; i++) {
            from[i] = "input" + i;
            builder.input(from[i], draw.inputs().get(i));
        }
        if (draw.kind() == LayerDraw.Kind.LEARNED_TENSOR) {
            builder.layer("layer", "drawn", draw.layer());
            builder.layer("taker", "identity", new Identity(), from);
        } else {
            builder.layer("layer", "drawn", draw.layer(), from);
        }
        try {
            return builder.build();
        } catch (InvalidNetworkException e) {
            return null;
        }
    }
}
