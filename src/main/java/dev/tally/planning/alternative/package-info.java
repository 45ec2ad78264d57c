/**
 * Cheaper designs of a layer: what else has the same output shape, and what it costs.
 *
 * <p>A {@link dev.tally.planning.alternative.Kind} is a way to design a layer anew. Each has a
 * {@link dev.tally.planning.alternative.Rewrite}, which says of a {@link dev.tally.planning.alternative.Target} why it
 * cannot apply, or which {@link dev.tally.planning.alternative.Piece}s take its place;
 * {@link dev.tally.planning.alternative.Replacement} puts them there, in the whole network and in the step alone, by
 * whose figures ({@link dev.tally.planning.alternative.Part}) alternatives are judged.
 * {@link dev.tally.planning.alternative.Alternatives} is the way in,
 * {@link dev.tally.planning.alternative.TimedDesigns} sets times beside the designs,
 * {@link dev.tally.planning.alternative.Fronts} marks those that no other makes superfluous,
 * {@link dev.tally.planning.alternative.BreakEven} says up to which width a bottleneck pays.
 *
 * <p>An alternative is another function than the layer, and needs training.
 *
 * <p>Uses what {@code planning} may; knows no Spring.
 */
@NullMarked
package dev.tally.planning.alternative;

import org.jspecify.annotations.NullMarked;
