package dev.tally.web;

/**
 * Whether a failed budget fails the request. No enum and no {@code Boolean}: of an empty {@code ?gate=} Spring would
 * make none, and the build that asked would pass.
 *
 * @param closed whether what fails is held back
 */
record Gate(boolean closed) {
    /**
     * {@return what {@code ?gate=} means}
     *
     * @throws IllegalArgumentException if it is neither true nor false
     */
    static Gate of(String text) {
        return switch (text) {
            case "true" -> new Gate(true);
            case "false" -> new Gate(false);
            default -> throw new IllegalArgumentException("true or false");
        };
    }
}
