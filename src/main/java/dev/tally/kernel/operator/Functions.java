package dev.tally.kernel.operator;

/** The usual functions of one number. */
public final class Functions {
    private static final float SELU_ALPHA = 1.6732632f;
    private static final float SELU_LAMBDA = 1.050701f;
    private static final ThreadLocal<float[]> SCRATCH = ThreadLocal.withInitial(() -> new float[Floats.CHUNK]);

    private Functions() {}

    /** A function of a number. */
    private interface OfNumber {
        float at(float x);
    }

    private static Function each(OfNumber function) {
        return (numbers, count, _) -> {
            for (int i = 0; i < count; i++) {
                numbers[i] = function.at(numbers[i]);
            }
        };
    }

    /** {@return {@code max(x, 0)}} */
    public static Function relu() {
        return (numbers, count, _) -> {
            for (int i = 0; i < count; i++) {
                numbers[i] = Math.max(numbers[i], 0);
            }
        };
    }

    /** {@return {@code x} brought between two bounds} */
    public static Function clamp(float least, float most) {
        return (numbers, count, _) -> {
            for (int i = 0; i < count; i++) {
                numbers[i] = Math.min(Math.max(numbers[i], least), most);
            }
        };
    }

    /** {@return {@code x} where positive, else {@code slope · x}} */
    public static Function leakyRelu(float slope) {
        return (numbers, count, _) -> {
            for (int i = 0; i < count; i++) {
                numbers[i] = Math.max(numbers[i], 0) + slope * Math.min(numbers[i], 0);
            }
        };
    }

    /** {@return the same with a slope for each channel} */
    public static Function leakyRelu(float[] slopes) {
        return (numbers, count, channel) -> leakyRelu(slopes[channel]).apply(numbers, count, channel);
    }

    /** {@return {@code scale · x + shift}, of each channel} */
    public static Function affine(float[] scales, float[] shifts) {
        return (numbers, count, channel) -> {
            float scale = scales[channel];
            float shift = shifts[channel];
            for (int i = 0; i < count; i++) {
                numbers[i] = numbers[i] * scale + shift;
            }
        };
    }

    /** {@return {@code x} above a threshold, else 0} */
    public static Function threshold(float threshold) {
        return each(x -> x > threshold ? x : 0);
    }

    /** {@return {@code min(max(x / 6 + 1/2, 0), 1)}} */
    public static Function hardSigmoid() {
        return (numbers, count, _) -> {
            for (int i = 0; i < count; i++) {
                numbers[i] = Math.min(Math.max(numbers[i] / 6 + 0.5f, 0), 1);
            }
        };
    }

    /** {@return {@code x · hard_sigmoid(x)}} */
    public static Function hardSwish() {
        return (numbers, count, _) -> {
            for (int i = 0; i < count; i++) {
                numbers[i] *= Math.min(Math.max(numbers[i] / 6 + 0.5f, 0), 1);
            }
        };
    }

    /** {@return {@code x} where {@code |x|} is above a threshold, else 0} */
    public static Function hardShrink(float threshold) {
        return each(x -> Math.abs(x) > threshold ? x : 0);
    }

    /** {@return {@code x} brought nearer to 0 by a threshold, 0 where it is within} */
    public static Function softShrink(float threshold) {
        return each(x -> Math.copySign(Math.max(Math.abs(x) - threshold, 0), x));
    }

    /** {@return {@code x} where positive, else {@code exp(x) - 1}} */
    public static Function elu() {
        return each(x -> x > 0 ? x : (float) Math.expm1(x));
    }

    /** {@return {@code λ · x} where positive, else {@code λ · α · (exp(x) - 1)}} */
    public static Function selu() {
        return each(x -> SELU_LAMBDA * (x > 0 ? x : SELU_ALPHA * (float) Math.expm1(x)));
    }

    /** {@return {@code 1 / (1 + exp(-x))}} */
    public static Function sigmoid() {
        return (numbers, count, _) -> {
            negate(numbers, numbers, count);
            Exponentials.of(numbers, numbers, count);
            for (int i = 0; i < count; i++) {
                numbers[i] = 1 / (1 + numbers[i]);
            }
        };
    }

    /** {@return {@code x / (1 + exp(-x))}} */
    public static Function silu() {
        return (numbers, count, _) -> {
            float[] powers = SCRATCH.get();
            negate(numbers, powers, count);
            Exponentials.of(powers, powers, count);
            for (int i = 0; i < count; i++) {
                numbers[i] /= 1 + powers[i];
            }
        };
    }

    private static void negate(float[] numbers, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = -numbers[i];
        }
    }

    /** {@return {@code -ln(1 + exp(-x))}} */
    public static Function logSigmoid() {
        return each(x -> (float) -logOfOneAndExp(-x));
    }

    /** {@return {@code tanh(x)}} */
    public static Function tanh() {
        return each(x -> (float) Math.tanh(x));
    }

    /** {@return {@code x - tanh(x)}} */
    public static Function tanhShrink() {
        return each(x -> (float) (x - Math.tanh(x)));
    }

    /** {@return {@code x / 2 · (1 + erf(x / √2))}, which is {@code max(x, 0) - |x| / 2 · erfc(|x| / √2)}} */
    public static Function gelu() {
        return (numbers, count, _) -> {
            float[] tails = SCRATCH.get();
            ErrorFunction.tails(numbers, tails, count);
            for (int i = 0; i < count; i++) {
                numbers[i] = Math.max(numbers[i], 0) - Math.abs(numbers[i]) * 0.5f * tails[i];
            }
        };
    }

    /** {@return {@code x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))}} */
    public static Function geluTanh() {
        double root = Math.sqrt(2 / Math.PI);
        return each(x -> (float) (x / 2.0 * (1 + Math.tanh(root * (x + 0.044715 * x * x * x)))));
    }

    /** {@return {@code x · tanh(ln(1 + exp(x)))}} */
    public static Function mish() {
        return each(x -> (float) (x * Math.tanh(logOfOneAndExp(x))));
    }

    /** {@return {@code ln(1 + exp(x))}} */
    public static Function softplus() {
        return each(x -> (float) logOfOneAndExp(x));
    }

    /** {@return {@code x / (1 + |x|)}} */
    public static Function softsign() {
        return each(x -> x / (1 + Math.abs(x)));
    }

    /** {@return {@code (x + √(x² + b)) / 2}} */
    public static Function squareplus(float b) {
        return each(x -> (float) ((x + Math.sqrt((double) x * x + b)) / 2));
    }

    /** {@return {@code exp(x)}} */
    public static Function exponential() {
        return each(x -> (float) Math.exp(x));
    }

    private static double logOfOneAndExp(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
