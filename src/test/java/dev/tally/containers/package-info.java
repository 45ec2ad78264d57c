/**
 * Containers for tests: databases, and Tally by its own image. What needs an engine says so by
 * {@link dev.tally.containers.RequiresDocker}, and is skipped, with the reason, where there is none; with
 * {@code TALLY_CONTAINERS=required} in the environment it fails instead, so that nobody takes a skipped test for a
 * passed one.
 */
@NullMarked
package dev.tally.containers;

import org.jspecify.annotations.NullMarked;
