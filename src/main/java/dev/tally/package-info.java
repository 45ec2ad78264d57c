/**
 * Tally: what a convolutional network costs, counted and measured.
 *
 * <p>From the inside out: {@code network} is the model, {@code description} the JSON that people write for it,
 * {@code analysis} the counting. {@code tensor} holds numbers, {@code onnx} writes networks as models, {@code engine}
 * runs them, {@code kernel} and {@code host} say what the machine reaches, {@code measurement} measures.
 * {@code planning} sets counts and times beside each other, {@code report} makes tables and CSV, {@code web} is HTTP.
 * Arrows between them point inwards only; {@code ArchitectureTest} holds the table.
 */
@NullMarked
package dev.tally;

import org.jspecify.annotations.NullMarked;
