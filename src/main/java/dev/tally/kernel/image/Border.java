package dev.tally.kernel.image;

/**
 * Zeros around an image, so many rows and pixels on each side.
 *
 * @param top rows above
 * @param left pixels before each row
 * @param bottom rows below
 * @param right pixels after each row
 */
public record Border(int top, int left, int bottom, int right) {
    /** No zeros. */
    public static final Border NONE = new Border(0, 0, 0, 0);

    /** {@return the border that has the zeros of both} */
    public Border or(Border other) {
        return new Border(
                Math.max(top, other.top),
                Math.max(left, other.left),
                Math.max(bottom, other.bottom),
                Math.max(right, other.right));
    }

    /** {@return whether it has all zeros of another} */
    public boolean has(Border other) {
        return or(other).equals(this);
    }
}
