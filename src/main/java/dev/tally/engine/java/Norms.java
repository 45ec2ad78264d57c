package dev.tally.engine.java;

import dev.tally.kernel.operator.AxisNorm;
import dev.tally.kernel.operator.NormNumbers;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.operator.SetNorm;
import dev.tally.kernel.operator.SetNorm.Sets;
import dev.tally.network.GroupNorm;
import dev.tally.network.InstanceNorm;
import dev.tally.network.LayerNorm;
import dev.tally.network.Layout;
import dev.tally.network.Normalizing;
import dev.tally.network.RmsNorm;
import dev.tally.network.Shape;

/** Norms by figures of the sample itself. */
final class Norms {
    private static final float[] NONE = {};

    private Norms() {}

    static Operator of(Normalizing layer, Step on) {
        return switch (layer) {
            case LayerNorm(var _, var _, var _, double epsilon) -> lastAxes(layer, epsilon, on);
            case RmsNorm(var _, var _, double epsilon) -> lastAxes(layer, epsilon, on);
            case GroupNorm(var _, var _, double epsilon) -> channels(layer, epsilon, on);
            case InstanceNorm(var _, double epsilon) -> channels(layer, epsilon, on);
        };
    }

    /** A set is neighbouring channels, which lie one after the other in either layout; numbers are of a channel. */
    private static Operator channels(Normalizing layer, double epsilon, Step on) {
        int sets = Math.toIntExact(layer.sets(on.shape(), on.storage().layout()));
        int plane = Math.toIntExact(on.storage().plane(on.shape()));
        int outer = Math.multiplyExact(on.storage().batch(), sets);
        int pieces = on.storage().channels(on.shape()) / sets;
        NormNumbers numbers =
                new NormNumbers(numbers("gamma", on), numbers("beta", on), false, layer.centred(), epsilon);
        return new SetNorm(on.input(), on.output(), new Sets(outer, pieces, 1, plane), numbers, on.pool());
    }

    /** A set is all elements along the last axes; where channels are the last of them, each of its channels a piece. */
    private static Operator lastAxes(Normalizing layer, double epsilon, Step on) {
        Shape shape = on.shape();
        int sets = Math.toIntExact(layer.sets(shape, on.storage().layout()));
        int size = Math.toIntExact(shape.elements() / sets);
        int batch = on.storage().batch();
        float[] gamma = numbers("gamma", on);
        float[] beta = numbers("beta", on);
        if (on.storage().layout() == Layout.CHANNELS_FIRST) {
            NormNumbers numbers = new NormNumbers(gamma, beta, true, layer.centred(), epsilon);
            Sets whole = new Sets(Math.multiplyExact(batch, sets), 1, 1, size);
            return new SetNorm(on.input(), on.output(), whole, numbers, on.pool());
        }
        int channels = on.storage().channels(shape);
        int length = size / channels;
        NormNumbers numbers = new NormNumbers(
                channelsFirst(gamma, channels), channelsFirst(beta, channels), length > 1, layer.centred(), epsilon);
        return length == 1
                ? new AxisNorm(on.input(), on.output(), batch, channels, sets, numbers, on.pool())
                : new SetNorm(on.input(), on.output(), new Sets(batch, channels, sets, length), numbers, on.pool());
    }

    private static float[] numbers(String slot, Step on) {
        return Learned.slot(on.node(), slot).isPresent() ? on.numbers(slot) : NONE;
    }

    private static float[] channelsFirst(float[] numbers, int channels) {
        float[] moved = new float[numbers.length];
        int length = numbers.length / channels;
        for (int i = 0; i < numbers.length; i++) {
            moved[i % channels * length + i / channels] = numbers[i];
        }
        return moved;
    }
}
