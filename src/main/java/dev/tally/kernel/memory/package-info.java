/**
 * Native memory by its addresses: the only place where memory is reached without a check of its bounds.
 *
 * <p>The compiler keeps a check for each access to a bounded segment inside the innermost loops, which halves their
 * speed. So kernels are given addresses and {@link dev.tally.kernel.memory.RawAccess} reads and writes there, whatever
 * is there. What makes that safe is proven when a plan is made, once, by whoever makes it:
 *
 * <ol>
 *   <li>every buffer comes from a {@link dev.tally.kernel.memory.Workspace} that lives at least as long as the plan;
 *   <li>every address that a plan can form from its geometry lies, with the widest vector behind it, within the buffer
 *       that it is meant for: buffers are allocated with the room that the last tile and the last vector need;
 *   <li>a plan's memory is freed when nobody runs it any more.
 * </ol>
 *
 * <p>The tests hold the second by running the same kernels with {@link dev.tally.kernel.memory.CheckedAccess}, by which
 * each single access has to lie within a buffer, over awkward and random geometries: an exception where the fast one
 * would end the process.
 *
 * <p>Uses the JDK and its vector module.
 */
@NullMarked
package dev.tally.kernel.memory;

import org.jspecify.annotations.NullMarked;
