package dev.tally.kernel.operator;

/**
 * The complementary error function of many numbers, by a polynomial that is right to 1.2e-7 of it everywhere (Press et
 * al., Numerical Recipes, 2nd edition, 6.2); in single precision, and with {@link Exponentials}, to some 1e-6.
 */
final class ErrorFunction {
    private static final float ROOT_OF_HALF = 0.70710677f;

    private static final ThreadLocal<float[]> PARTS = ThreadLocal.withInitial(() -> new float[Floats.CHUNK]);

    private ErrorFunction() {}

    /** Puts {@code erfc(|x| / √2)} of some numbers, at most {@link Floats#CHUNK}, into another array. */
    static void tails(float[] numbers, float[] into, int count) {
        float[] parts = PARTS.get();
        for (int i = 0; i < count; i++) {
            parts[i] = 1 / (1 + Math.abs(numbers[i]) * ROOT_OF_HALF * 0.5f);
        }
        exponents(numbers, parts, into, count);
        Exponentials.of(into, into, count);
        for (int i = 0; i < count; i++) {
            into[i] *= parts[i];
        }
    }

    private static void exponents(float[] numbers, float[] parts, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            float t = parts[i];
            float p = 0.17087276f;
            p = p * t - 0.82215226f;
            p = p * t + 1.4885159f;
            p = p * t - 1.135204f;
            p = p * t + 0.27886808f;
            p = p * t - 0.18628806f;
            p = p * t + 0.09678418f;
            p = p * t + 0.37409195f;
            p = p * t + 1.0000237f;
            into[i] = p * t - 1.2655122f - numbers[i] * numbers[i] * 0.5f;
        }
    }
}
