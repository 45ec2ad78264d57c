package dev.tally.network;

/**
 * A tensor that a layer stores.
 *
 * @param name its role: {@code kernel}, {@code bias}, {@code gamma}, …
 * @param shape its sizes; convolution kernels are {@code OIHW}: filters, channels of a group, taps
 * @param trained whether training changes it by gradient (a running mean does not count)
 */
public record WeightSlot(String name, Shape shape, boolean trained) {
    static WeightSlot trained(String name, Shape shape) {
        return new WeightSlot(name, shape, true);
    }

    static WeightSlot stored(String name, Shape shape) {
        return new WeightSlot(name, shape, false);
    }
}
