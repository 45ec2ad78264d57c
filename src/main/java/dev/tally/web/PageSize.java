package dev.tally.web;

/**
 * How many entries of a list a client wants at once.
 *
 * @param entries at least 1
 */
record PageSize(int entries) {
    /**
     * {@return the size that some text is}
     *
     * @throws IllegalArgumentException if it is none
     */
    static PageSize of(String text) {
        if (text.matches("[1-9]\\d{0,8}")) {
            return new PageSize(Integer.parseInt(text));
        }
        throw new IllegalArgumentException("a number of entries, at least 1");
    }

    /** {@return this many, or the most that there are at once: a page may always be shorter than was asked for} */
    int within(int most) {
        return Math.min(entries, most);
    }
}
