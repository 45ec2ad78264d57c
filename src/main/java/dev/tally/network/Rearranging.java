package dev.tally.network;

/** A layer that moves elements, leaves some out or brings several tensors together, and works nothing out: a copy. */
public sealed interface Rearranging extends Layer
        permits ChannelShuffle, Concat, Crop, Pad, Permute, PixelShuffle, PixelUnshuffle, Roll, Slice, Split {}
