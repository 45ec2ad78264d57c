package dev.tally.kernel.operator;

/** Sums of many floats. */
final class Sums {
    private static final int FEW = 16;

    private Sums() {}

    /**
     * {@return the sum of some numbers, which are changed} Halves are added to each other until few are left: so it
     * takes vectors, and rounds no more than the logarithm of their number says.
     *
     * @param other as many numbers have room in it
     */
    static double of(float[] numbers, float[] other, int count) {
        int left = count;
        while (left > FEW) {
            int half = left / 2;
            System.arraycopy(numbers, left - half, other, 0, half);
            for (int i = 0; i < half; i++) {
                numbers[i] += other[i];
            }
            left -= half;
        }
        double sum = 0;
        for (int i = 0; i < left; i++) {
            sum += numbers[i];
        }
        return sum;
    }
}
