/**
 * Threads that share the items of one piece of work ({@link dev.tally.kernel.parallel.Pool}), and the parts of an item
 * where it shares them out in turn. Docs: decisions 21 and 23.
 *
 * <p>Uses the JDK alone.
 */
@NullMarked
package dev.tally.kernel.parallel;

import org.jspecify.annotations.NullMarked;
