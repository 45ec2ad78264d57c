package dev.tally.kernel.operator;

import dev.tally.kernel.emit.Fold;
import dev.tally.kernel.image.Bands;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * The greatest or the mean of what a window covers, each channel by itself, in blocks of channels. Windows that lie
 * within a row are folded some at once; those that reach over its ends, and those of other widths, one by one, with the
 * taps that they have there.
 */
public final class BlockedPool implements Operator {
    /** Operations on vectors that one row of taps may take: more make a loop that is not compiled well. */
    private static final int MOST_OPERATIONS = 48;

    private static final int MOST_PIXELS = 12;

    /** More taps across than this are gone through as if they were rows. */
    private static final int MOST_TAPS = 16;

    private final Blocks input;
    private final Blocks output;
    private final Span h;
    private final boolean maximum;
    private final Setting setting;
    private final Bands bands;
    private final List<Piece> pieces = new ArrayList<>();
    private final int divisorAcross;
    private final boolean whole;
    private final Fold.Kernel ofWhole;

    /** Pixels of a row that one call folds. */
    private record Piece(int pixel, int first, int divisor, Fold.Kernel kernel) {}

    /**
     * A pool.
     *
     * @param maximum the greatest, or the mean
     * @throws IllegalArgumentException if not {@link #canFold}
     */
    public BlockedPool(Blocks input, Blocks output, Span h, Span w, boolean maximum, Setting setting) {
        if (!canFold(h, w)) {
            throw new IllegalArgumentException("expected windows that cover something, few across or all");
        }
        this.input = input;
        this.output = output;
        this.h = h;
        this.maximum = maximum;
        this.setting = setting;
        this.bands = new Bands(output, setting);
        this.divisorAcross = w.divisor(0);
        this.whole = w.out() == 1 && h.out() == 1 && w.count(0) > MOST_TAPS;
        this.ofWhole = setting.fold(1, 1, 1, 1, maximum);
        for (int x = 0; x < w.out() && !whole; ) {
            int alike = alike(w, x);
            int count = Math.ceilDiv(alike, Math.ceilDiv(alike, mostPixels(w, x)));
            int stride = alike > 1 ? w.first(x + 1) - w.first(x) : 1;
            Fold.Kernel kernel = setting.fold(count, w.count(x), stride, w.step(), maximum);
            for (int i = 0; i < alike; i += count) {
                int pixel = x + Math.min(i, alike - count);
                pieces.add(new Piece(pixel, w.first(pixel), w.divisor(pixel), kernel));
            }
            x += alike;
        }
    }

    /** {@return whether it can fold what spans cover} */
    public static boolean canFold(Span h, Span w) {
        boolean few = true;
        for (int x = 0; x < w.out(); x++) {
            few &= w.count(x) <= MOST_TAPS;
            if (w.count(x) == 0) {
                return false;
            }
        }
        for (int y = 0; y < h.out(); y++) {
            if (h.count(y) == 0) {
                return false;
            }
        }
        return few || (h.out() == 1 && w.out() == 1 && h.count(0) == h.in() && w.count(0) == w.in());
    }

    private static int mostPixels(Span w, int x) {
        return Math.clamp(MOST_OPERATIONS / (2L * w.count(x)), 1, MOST_PIXELS);
    }

    /** {@return how many pixels from one on are folded alike, equally far apart} */
    private static int alike(Span w, int from) {
        int to = from + 1;
        while (to < w.out()
                && w.count(to) == w.count(from)
                && w.divisor(to) == w.divisor(from)
                && w.first(to) - w.first(to - 1) == w.first(from + 1) - w.first(from)
                && w.first(to) > w.first(to - 1)) {
            to++;
        }
        return to - from;
    }

    @Override
    public void run() {
        if (whole) {
            setting.pool().run(output.whole().batch() * output.blocks(), this::wholeBlock);
        } else {
            bands.run(this::row);
        }
    }

    private void wholeBlock(int item, int worker) {
        int block = item % output.blocks();
        int n = item / output.blocks();
        float factor = 1f / ((float) h.divisor(0) * divisorAcross);
        int pixels = input.whole().height() * input.whole().width();
        ofWhole.run(input.address(n, block, 0), input.pixelBytes(), pixels, factor, output.address(n, block, 0));
    }

    private void row(int n, int block, int y, int worker) {
        long in = input.address(n, block, h.first(y));
        long out = output.address(n, block, y);
        for (Piece piece : pieces) {
            piece.kernel.run(
                    in + (long) piece.first * input.pixelBytes(),
                    h.step() * input.rowBytes(),
                    h.count(y),
                    maximum ? 1 : 1f / ((float) h.divisor(y) * piece.divisor),
                    out + (long) piece.pixel * input.pixelBytes());
        }
    }
}
