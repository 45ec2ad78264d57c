/**
 * What a network costs, by exact integer arithmetic: operations, parameters, memory, receptive field.
 *
 * <p>{@link dev.tally.analysis.Analysis#of} is the way in. {@link dev.tally.analysis.LayerOperations} says what each
 * kind of layer costs, one case a record (activations and attention in classes beside it);
 * {@link dev.tally.analysis.Formula} writes the same down for people; {@link dev.tally.analysis.ReceptiveFields}
 * follows what an output can see, by {@link dev.tally.analysis.FieldPatterns} (what an element is made of) and
 * {@link dev.tally.analysis.Reach} (what that sees). {@link dev.tally.analysis.SharedCounts} counts the works of layers
 * once that many networks share.
 *
 * <p>Uses {@code network} alone; knows no Spring and no JSON.
 */
@NullMarked
package dev.tally.analysis;

import org.jspecify.annotations.NullMarked;
