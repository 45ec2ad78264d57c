package dev.tally.kernel.operator;

/** What a norm is told: γ and β, ε, and whether the mean is taken off. */
public final class NormNumbers {
    private final float[] gamma;
    private final float[] beta;
    private final boolean ofEachElement;
    private final boolean centred;
    private final double epsilon;

    /**
     * The numbers of a norm.
     *
     * @param gamma by what is multiplied; empty for nothing
     * @param beta what is added; empty for nothing
     * @param ofEachElement whether they are of each element of a set, piece by piece, or of each piece; of pieces they
     *     begin anew where they end
     * @param centred whether the mean is taken off
     * @param epsilon what is added to the variance before its root
     */
    public NormNumbers(float[] gamma, float[] beta, boolean ofEachElement, boolean centred, double epsilon) {
        this.gamma = gamma.clone();
        this.beta = beta.clone();
        this.ofEachElement = ofEachElement;
        this.centred = centred;
        this.epsilon = epsilon;
    }

    boolean ofEachElement() {
        return ofEachElement;
    }

    boolean centred() {
        return centred;
    }

    double epsilon() {
        return epsilon;
    }

    /** {@return γ of a piece} */
    float scale(long piece) {
        return gamma.length == 0 ? 1 : gamma[(int) (piece % gamma.length)];
    }

    /** {@return β of a piece} */
    float shift(long piece) {
        return beta.length == 0 ? 0 : beta[(int) (piece % beta.length)];
    }

    /** Scales and shifts elements of a piece. */
    void apply(float[] x, long piece, int count) {
        float scale = scale(piece);
        float shift = shift(piece);
        for (int i = 0; i < count; i++) {
            x[i] = x[i] * scale + shift;
        }
    }

    /** Scales and shifts elements, each by its own numbers, which are copied beside them first. */
    void apply(float[] x, float[] beside, long first, int count) {
        if (gamma.length > 0) {
            System.arraycopy(gamma, (int) first, beside, 0, count);
            for (int i = 0; i < count; i++) {
                x[i] *= beside[i];
            }
        }
        if (beta.length > 0) {
            System.arraycopy(beta, (int) first, beside, 0, count);
            for (int i = 0; i < count; i++) {
                x[i] += beside[i];
            }
        }
    }
}
