/**
 * What people write ⇄ network: the JSON description of a network.
 *
 * <p>{@link dev.tally.description.LayerTypes} is the one table of layer types and their attributes; the reader, the
 * help in error messages, the catalogue of layers, the API's schema and the writer all loop over it.
 * {@link dev.tally.description.DescriptionReader} reads in three steps: JSON to templates
 * ({@link dev.tally.description.TemplateReader} the layers, {@link dev.tally.description.BlockReader} the blocks,
 * {@link dev.tally.description.Header} what stands above them: types, spelling, expressions), templates to layers
 * ({@link dev.tally.description.Expansion}: blocks, repeats, parameters), layers to a network (the model's own rules).
 * Each step reports all its errors, each with a JSON pointer. {@link dev.tally.description.ParametricDescription} does
 * the first step once ({@link dev.tally.description.NetworkTemplate}) and the others for each choice of parameters.
 * {@link dev.tally.description.ReadyNetworks} are descriptions to start from.
 *
 * <p>Uses {@code network} and Jackson; knows no Spring.
 */
@NullMarked
package dev.tally.description;

import org.jspecify.annotations.NullMarked;
