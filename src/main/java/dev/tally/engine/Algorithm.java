package dev.tally.engine;

/**
 * A way to compute convolutions that a caller may ask for by its id.
 *
 * @param id its stable name in requests and answers: {@code winograd-4x4-3x3}
 * @param description what it is and which convolutions it applies to, in a line
 */
public record Algorithm(String id, String description) {}
