package dev.tally.engine.reference;

import dev.tally.network.ChannelShuffle;
import dev.tally.network.Concat;
import dev.tally.network.Crop;
import dev.tally.network.Pad;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Rearranging;
import dev.tally.network.Roll;
import dev.tally.network.Slice;
import dev.tally.network.Split;
import java.util.ArrayList;
import java.util.List;

/** Layers that move elements: for each place of the output, the place of the input that stands there. */
final class RearrangingLayers {
    private RearrangingLayers() {}

    /** Turns a place of the output into one of the input. */
    private interface Move {
        /** Changes the coordinates; false where nothing of the input stands there. */
        boolean turn(int[] at);
    }

    static Values of(Rearranging layer, Operands on) {
        return switch (layer) {
            case Concat concat ->
                concatenated(axis(concat.axis().index(on.node().input(), on.layout())), on);
            case Split split -> {
                int axis = axis(split.axis().index(on.node().input(), on.layout()));
                int start = split.index() * on.outputGrid().size(axis);
                yield moved(on, at -> {
                    at[axis] += start;
                    return true;
                });
            }
            case Slice slice -> {
                int axis = axis(slice.axis().index(on.node().input(), on.layout()));
                int start = slice.first(on.inputGrid().size(axis));
                yield moved(on, at -> {
                    at[axis] = start + at[axis] * slice.step();
                    return true;
                });
            }
            case Roll roll -> {
                int axis = axis(roll.axis().index(on.node().input(), on.layout()));
                int size = on.inputGrid().size(axis);
                yield moved(on, at -> {
                    at[axis] = Math.floorMod((long) at[axis] - roll.shift(), size);
                    return true;
                });
            }
            case ChannelShuffle(int groups) -> {
                int axis = on.channelAxis();
                int ofGroup = on.channels() / groups;
                yield moved(on, at -> {
                    at[axis] = at[axis] % groups * ofGroup + at[axis] / groups;
                    return true;
                });
            }
            case Permute permute -> permuted(permute, on);
            case Crop crop -> {
                int axes = on.node().shape().rank() - 1;
                yield moved(on, at -> {
                    for (int i = 0; i < axes; i++) {
                        at[spatial(on, i)] +=
                                Explicit.of(crop.margins(), i, axes).before();
                    }
                    return true;
                });
            }
            case Pad pad -> padded(pad, on);
            case PixelShuffle(int factor) ->
                moved(on, at -> {
                    int channel = at[on.channelAxis()];
                    for (int i = 0; i < at.length - 2; i++) {
                        int axis = spatial(on, i);
                        channel = channel * factor + at[axis] % factor;
                        at[axis] /= factor;
                    }
                    at[on.channelAxis()] = channel;
                    return true;
                });
            case PixelUnshuffle(int factor) ->
                moved(on, at -> {
                    int channel = at[on.channelAxis()];
                    for (int i = at.length - 3; i >= 0; i--) {
                        int axis = spatial(on, i);
                        at[axis] = at[axis] * factor + channel % factor;
                        channel /= factor;
                    }
                    at[on.channelAxis()] = channel;
                    return true;
                });
        };
    }

    private static int axis(int axisOfShape) {
        return Grid.axis(axisOfShape);
    }

    private static int spatial(Operands on, int ordinal) {
        return Grid.axis(on.layout().spatialAxis(ordinal));
    }

    private static Values moved(Operands on, Move move) {
        Grid input = on.inputGrid();
        Grid output = on.outputGrid();
        return index -> {
            int[] at = output.coordinates(index);
            return move.turn(at) ? on.input().at(input.index(at)) : 0;
        };
    }

    private static Values permuted(Permute permute, Operands on) {
        Grid input = on.inputGrid();
        Grid output = on.outputGrid();
        return index -> {
            int[] at = output.coordinates(index);
            int[] from = new int[at.length];
            from[0] = at[0];
            for (int i = 1; i < at.length; i++) {
                from[axis(permute.order().get(i - 1))] = at[i];
            }
            return on.input().at(input.index(from));
        };
    }

    private static Values padded(Pad pad, Operands on) {
        Grid input = on.inputGrid();
        int axes = on.node().shape().rank() - 1;
        return moved(on, at -> {
            boolean inside = true;
            for (int i = 0; i < axes; i++) {
                int axis = spatial(on, i);
                int last = input.size(axis) - 1;
                int place = at[axis] - Explicit.of(pad.padding(), i, axes).before();
                inside &= place >= 0 && place <= last;
                at[axis] = switch (pad.mode()) {
                    case ZEROS -> place;
                    case REFLECT -> last - Math.abs(last - Math.abs(place));
                    case REPLICATE -> Math.clamp(place, 0, last);
                };
            }
            return inside || pad.mode() != Pad.Mode.ZEROS;
        });
    }

    private static Values concatenated(int axis, Operands on) {
        Grid output = on.outputGrid();
        List<Grid> parts = new ArrayList<>();
        on.node().inputs().forEach(shape -> parts.add(new Grid(on.batch(), shape)));
        return index -> {
            int[] at = output.coordinates(index);
            int part = 0;
            while (at[axis] >= parts.get(part).size(axis)) {
                at[axis] -= parts.get(part).size(axis);
                part++;
            }
            return on.inputs().get(part).at(parts.get(part).index(at));
        };
    }
}
