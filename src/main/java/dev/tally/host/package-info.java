/**
 * What this machine is: cores, caches, vector width; what it reaches, measured; how disturbed it is just now.
 *
 * <p>Uses {@code kernel}, which has the vector loops.
 */
@NullMarked
package dev.tally.host;

import org.jspecify.annotations.NullMarked;
