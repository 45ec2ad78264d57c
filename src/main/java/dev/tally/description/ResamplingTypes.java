package dev.tally.description;

import static dev.tally.description.Attribute.optional;
import static dev.tally.description.Attribute.required;
import static dev.tally.description.Attributes.OUTPUT_SIZE;

import dev.tally.network.ChannelShuffle;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Resampling.Interpolation;
import dev.tally.network.Resize;
import dev.tally.network.Upsample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table's layers that trade elements along the spatial axes for others, or for channels. */
final class ResamplingTypes {
    private static final String MEMORY = "nothing but memory";

    private static final Attribute<List<Integer>> SCALE = required(
                    "scale",
                    new AttributeKind.PerAxis(1),
                    "How many times as large each spatial axis becomes.",
                    "scale_factor",
                    "size",
                    "scales",
                    "factor",
                    "stride")
            .example(List.of(2));
    private static final Attribute<Interpolation> INTERPOLATION = optional(
            "interpolation",
            new AttributeKind.Choice<>(interpolations()),
            Interpolation.NEAREST,
            "How an element is worked out of those around it; linear is bilinear over two axes.",
            "mode",
            "method");
    private static final Attribute<Integer> LARGER = required(
                    "factor",
                    new AttributeKind.WholeNumber(1),
                    "How many times as large each spatial axis becomes.",
                    "upscale_factor",
                    "block_size",
                    "blocksize")
            .example(2);
    private static final Attribute<Integer> SMALLER = required(
                    "factor",
                    new AttributeKind.WholeNumber(1),
                    "How many times as small each spatial axis becomes.",
                    "downscale_factor",
                    "block_size",
                    "blocksize",
                    "stride")
            .example(3);
    private static final Attribute<Integer> SHUFFLED = required(
                    "groups",
                    new AttributeKind.WholeNumber(1),
                    "How many groups the channels come in.",
                    "num_groups",
                    "group")
            .example(2);

    private ResamplingTypes() {}

    static List<LayerType<?>> all() {
        return List.of(upsample(), resize(), pixelShuffle(), pixelUnshuffle(), channelShuffle());
    }

    private static LayerType<Upsample> upsample() {
        return LayerType.of(
                "upsample",
                List.of("up_sampling1d", "up_sampling2d", "up_sampling3d", "upsampling"),
                "The input made larger by whole factors along the spatial axes.",
                "nearest: nothing but memory. An element, over r axes: linear 2^r, cubic 4^r multiplies, one addition less",
                List.of(SCALE, INTERPOLATION),
                Upsample.class,
                values -> new Upsample(values.get(SCALE), values.get(INTERPOLATION)),
                (layer, values) -> values.put(SCALE, layer.scale()).put(INTERPOLATION, layer.interpolation()));
    }

    private static LayerType<Resize> resize() {
        return LayerType.of(
                "resize",
                List.of("interpolate", "resizing"),
                "The input brought to a given size along the spatial axes.",
                "as upsample",
                List.of(OUTPUT_SIZE, INTERPOLATION),
                Resize.class,
                values -> new Resize(values.get(OUTPUT_SIZE), values.get(INTERPOLATION)),
                (layer, values) ->
                        values.put(OUTPUT_SIZE, layer.outputSize()).put(INTERPOLATION, layer.interpolation()));
    }

    private static LayerType<PixelShuffle> pixelShuffle() {
        return LayerType.of(
                "pixel_shuffle",
                List.of("depth_to_space", "subpixel", "sub_pixel_convolution"),
                "Channels laid out over space: factor more along every spatial axis.",
                MEMORY,
                List.of(LARGER),
                PixelShuffle.class,
                values -> new PixelShuffle(values.get(LARGER)),
                (layer, values) -> values.put(LARGER, layer.factor()));
    }

    private static LayerType<PixelUnshuffle> pixelUnshuffle() {
        return LayerType.of(
                "pixel_unshuffle",
                List.of("space_to_depth", "reorg", "focus"),
                "Space folded into channels: factor less along every spatial axis.",
                MEMORY,
                List.of(SMALLER),
                PixelUnshuffle.class,
                values -> new PixelUnshuffle(values.get(SMALLER)),
                (layer, values) -> values.put(SMALLER, layer.factor()));
    }

    private static LayerType<ChannelShuffle> channelShuffle() {
        return LayerType.of(
                "channel_shuffle",
                List.of("shuffle"),
                "The channels dealt out anew, one of each group in turn.",
                MEMORY,
                List.of(SHUFFLED),
                ChannelShuffle.class,
                values -> new ChannelShuffle(values.get(SHUFFLED)),
                (layer, values) -> values.put(SHUFFLED, layer.groups()));
    }

    private static Map<String, Interpolation> interpolations() {
        Map<String, Interpolation> interpolations = new LinkedHashMap<>();
        for (Interpolation interpolation : Interpolation.values()) {
            interpolations.put(interpolation.id(), interpolation);
        }
        return interpolations;
    }
}
