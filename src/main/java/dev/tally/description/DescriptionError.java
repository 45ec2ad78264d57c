package dev.tally.description;

/**
 * What is wrong with a description.
 *
 * @param detail what was expected and what came
 * @param pointer where, as a JSON pointer
 * @param layer the name of the layer concerned, as it is after blocks and repeats are expanded where it is known; empty
 *     if there is none
 */
public record DescriptionError(String detail, String pointer, String layer) {}
