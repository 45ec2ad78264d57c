package dev.tally.job;

/**
 * What is measured where a request does not say.
 *
 * @param budgetMillis how long samples are taken of each network
 * @param perLayer whether each layer is measured by itself too
 * @param takesBaseline whether the request may name a network to compare with; where there are several, the first is
 */
public record MeasureDefaults(int budgetMillis, boolean perLayer, boolean takesBaseline) {
    /** Of one network. */
    public static final MeasureDefaults ONE = new MeasureDefaults(1_000, true, true);

    /** Of each of several networks that are set side by side. */
    public static final MeasureDefaults SEVERAL = new MeasureDefaults(250, true, false);

    /** Of each of many small networks, or of networks that are much alike. */
    public static final MeasureDefaults MANY = new MeasureDefaults(250, false, false);
}
