/**
 * Tally: what a convolutional network costs.
 *
 * <p>From the inside out: {@code network} is the model, {@code description} the JSON that people write for it,
 * {@code analysis} the counting, {@code report} tables and CSV, {@code web} HTTP. Arrows between them point inwards
 * only; {@code ArchitectureTest} holds the table.
 */
@NullMarked
package dev.tally;

import org.jspecify.annotations.NullMarked;
