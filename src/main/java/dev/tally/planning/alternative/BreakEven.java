package dev.tally.planning.alternative;

import dev.tally.planning.Figure;

/**
 * Up to which width a bottleneck has less of a figure than the layer: in closed form, and counted there.
 *
 * @param kind the kind of bottleneck
 * @param figure multiplies or parameters
 * @param width the greatest width at which it has less; 0 where it has at none
 * @param formula how that comes about, its sizes filled in
 * @param original what the layer counts, with what is fused into it
 * @param atWidth what is counted at that width; the same as {@code original} where it is 0
 * @param atNextWidth what is counted at the next
 */
public record BreakEven(
        Kind kind, Figure figure, int width, String formula, long original, long atWidth, long atNextWidth) {
    static BreakEven of(Target target, Kind kind, Growth growth) {
        int width = growth.breakEven();
        long original = figure(growth.figure(), target.original());
        return new BreakEven(
                kind,
                growth.figure(),
                width,
                growth.formula(),
                original,
                width == 0 ? original : counted(target, kind, growth.figure(), width),
                counted(target, kind, growth.figure(), width + 1));
    }

    private static long counted(Target target, Kind kind, Figure figure, int width) {
        Replacement replacement = Replacement.of(target, kind.rewrite().pieces(target, width));
        return figure(figure, Part.of(replacement.in(target.original().network())));
    }

    private static long figure(Figure figure, Part part) {
        return figure == Figure.PARAMETERS
                ? part.figures().parameters()
                : part.figures().multiplies();
    }
}
