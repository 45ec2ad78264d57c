package dev.tally.tensor;

/**
 * Where made-up numbers come from: SplitMix64 (Steele, Lea and Flood, 2014) as a function of a position, so that any
 * number of a sequence is had without the ones before it.
 */
record Seed(long state) {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** {@return the seed of something in what this is the seed of} */
    Seed of(String name) {
        long hash = state;
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash + name.charAt(i) + 1);
        }
        return new Seed(mix(hash + GOLDEN_GAMMA));
    }

    /** {@return 64 random bits} */
    long bits(long index) {
        return mix(state + (index + 1) * GOLDEN_GAMMA);
    }

    /** {@return a number in [-1, 1), one of 2^24 equally far apart} */
    float uniform(long index) {
        return (bits(index) >> 40) * 0x1p-23f;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
