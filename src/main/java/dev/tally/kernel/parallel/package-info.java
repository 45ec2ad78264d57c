/**
 * Threads that share the items of one piece of work.
 *
 * <p>Uses the JDK alone.
 */
@NullMarked
package dev.tally.kernel.parallel;

import org.jspecify.annotations.NullMarked;
