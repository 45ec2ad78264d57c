package dev.tally.planning.alternative;

import dev.tally.network.Network;

/**
 * Another design of a layer, with the same output shape. Another function than the layer: it needs training.
 *
 * <p>It holds what is small, itself by itself; the whole network with it is made when it is asked for.
 */
public final class Alternative {
    private final Kind kind;
    private final int number;
    private final Part part;
    private final Figures totals;
    private final Network whole;
    private final Replacement replacement;

    private Alternative(Kind kind, int number, Part part, Figures totals, Network whole, Replacement replacement) {
        this.kind = kind;
        this.number = number;
        this.part = part;
        this.totals = totals;
        this.whole = whole;
        this.replacement = replacement;
    }

    /**
     * {@return an alternative of a layer}
     *
     * @param number its width or number of groups, 0 if it has neither
     * @param replacement its layers
     * @throws dev.tally.network.InvalidNetworkException if a shape of it is too large
     * @throws ArithmeticException if a count is over 2^63-1
     */
    static Alternative of(Target target, Kind kind, int number, Replacement replacement) {
        Part part = Part.of(replacement.in(target.original().network()));
        Figures totals = target.whole().with(replacement, target, part);
        return new Alternative(kind, number, part, totals, target.whole().network(), replacement);
    }

    public Kind kind() {
        return kind;
    }

    /** {@return its width or its number of groups, as its kind has it; 0 if it has neither} */
    public int number() {
        return number;
    }

    /** {@return the design by itself} */
    public Part part() {
        return part;
    }

    /** {@return what the whole network costs with it} */
    public Figures totals() {
        return totals;
    }

    /** {@return the whole network with it in the layer's place; made anew at each call} */
    public Network network() {
        return replacement.in(whole);
    }
}
